/** `npm run rotate-secret`: a new secret of the app client while users sign in, against the local API. */
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { type ClientSecrets, rotateSecret } from "../../ci/rotate-secret";
import { clientSecrets } from "../../ci/rotate-secret-main";
import { ada, type Client, serve, shareKeys, signedIn } from "../support/client";
import { synthesize } from "../support/folder";

shareKeys();

describe("on the local API", () => {
  let client: Client;
  let secrets: ClientSecrets;
  beforeAll(async () => {
    // The default throttle of sign-in would be the bottleneck.
    client = await serve(await synthesize({}));
    await signedIn(client);
    const { UserPools } = (await client.cognito("ListUserPools", { MaxResults: 1 })) as {
      UserPools: readonly { readonly Id: string }[];
    };
    const pool = UserPools[0]?.Id ?? "";
    const { UserPoolClients } = (await client.cognito("ListUserPoolClients", { UserPoolId: pool })) as {
      UserPoolClients: readonly { readonly ClientId: string }[];
    };
    const sdk = new CognitoIdentityProviderClient({
      region: "us-east-1",
      endpoint: client.local.cognitoUrl,
      credentials: { accessKeyId: "AKIADEVELOPER", secretAccessKey: "any" },
    });
    secrets = clientSecrets(sdk, pool, UserPoolClients[0]?.ClientId ?? "");
  });

  test("no sign-in fails while the secret changes, and only the new one is left", async () => {
    const [old] = await secrets.list();
    const before = await secrets.read();
    const statuses: number[] = [];
    let rotating = true;
    const load = async () => {
      while (rotating) {
        client.advance(1000); // a token per second for the throttle
        statuses.push((await client.post("/user/login", { username: "grace", password: ada.password })).status);
      }
    };
    const requests = () => statuses.length;
    const some = async (count: number) => {
      const until = requests() + count;
      while (requests() < until) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const loads = [load(), load()];
    const lines: string[] = [];
    await some(5);
    await rotateSecret(
      secrets,
      () => some(5),
      (line) => lines.push(line),
    );
    await some(10);
    rotating = false;
    await Promise.all(loads);
    expect([...new Set(statuses)]).toEqual([200]);
    const left = await secrets.list();
    expect(left).toHaveLength(1);
    expect(left[0]?.id).not.toBe(old?.id);
    const after = await secrets.read();
    expect(after).not.toBe(before);
    expect(lines).toEqual([
      `added ${left[0]?.id}`,
      `deleted ${old?.id}`,
      "functions take the new secret with their next request",
    ]);
    expect(lines.join()).not.toContain(String(after));
  });

  test("a rotation that was interrupted goes on with the secret that it has added", async () => {
    const added = await secrets.add();
    await rotateSecret(
      secrets,
      () => Promise.resolve(),
      () => undefined,
    );
    expect((await secrets.list()).map(({ id }) => id)).toEqual([added.id]);
  });
});

/** A Cognito whose functions would read the secret `read` after the rotation. */
function fake(read: string): ClientSecrets & { readonly values: Map<string, string> } {
  const values = new Map([["old", "old-value"]]);
  let added = 0;
  return {
    values,
    list: async () => [...values.keys()].map((id, createdAt) => ({ id, createdAt })),
    async add(value = `new-value-${added}`) {
      added += 1;
      values.set(`added-${added}`, value);
      return { id: `added-${added}`, createdAt: added };
    },
    async remove(id) {
      values.delete(id);
    },
    read: async () => (values.has("old") ? "old-value" : read),
  };
}

test("the old secret is put back if Cognito would still give it to functions", async () => {
  const cognito = fake("old-value");
  await expect(
    rotateSecret(
      cognito,
      async () => undefined,
      () => undefined,
    ),
  ).rejects.toThrow("it was added again");
  expect([...cognito.values.values()]).toEqual(["new-value-0", "old-value"]);
});

test("rejects an app client without a secret", async () => {
  const cognito = { ...fake("x"), read: async () => undefined };
  await expect(
    rotateSecret(
      cognito,
      async () => undefined,
      () => undefined,
    ),
  ).rejects.toThrow("got one without");
});

/**
 * Pairs of requests that differ only in whether a user exists, in the user's state, or in how the name is typed: status,
 * headers and body must not differ. See docs/decisions/0008-nothing-about-users-to-strangers.md.
 */
import { existingPools } from "../../../local/cognito/existing-pool";
import type { Store } from "../../../local/cognito/store";
import { type Client, serve, shareKeys } from "../../support/client";
import { synthesize } from "../../support/folder";
import { addPeople, exhaustLimits, forms, names } from "./people";
import { type OwnSession, requests, respondedTo } from "./requests";

shareKeys();

export const COGNITO_USER_POOL_ID = "us-east-1_AbCdEfGhI";
const mfa = { mfa_configuration: "OPTIONAL", software_token_mfa_configuration: { enabled: true } };

/** @param existing kind of the existing pool, if the stack has none of its own */
export function describeStates(name: string, settings: Record<string, string>, existing?: "username" | "email"): void {
  describe(name, () => responsesAreAlike(settings, existing));
}

function responsesAreAlike(settings: Record<string, string>, existing?: "username" | "email"): void {
  const emailAsUsername = existing === "email";
  const store: Store = {};
  let client: Client;
  let own: OwnSession;
  beforeAll(async () => {
    const pool = existing && { ...existingPools[existing], ...mfa };
    client = await serve(await synthesize(settings), store, pool);
    own = await addPeople(client, store, emailAsUsername);
  });

  /** With the cookie, a renewal takes no token from a body. */
  const sent = requests.filter(([name]) => !("REFRESH_TOKEN_COOKIE" in settings && name.startsWith("renewal")));

  test.each(sent)("%s: every name gets the same response", async (_request, path, body) => {
    const typed = names.flatMap((name) => forms(name, emailAsUsername));
    const fresh = await respondedTo(
      client,
      path,
      typed.map((name) => [name, body(name, own)]),
    );
    expect([...fresh.values()]).toEqual([typed]);
    exhaustLimits(store, client.now());
    const limited = await respondedTo(
      client,
      path,
      names.map((name) => {
        const [first = name] = forms(name, emailAsUsername);
        return [first, body(first, own)];
      }),
    );
    expect([...limited.keys()]).toEqual([...fresh.keys()]);
    expect([...fresh.keys()][0]).toMatch(/^\[(200|400|401),/);
  });
}

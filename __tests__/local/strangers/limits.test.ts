/** More requests than Cognito's limits allow: only users who exist have limits, and no response tells so. */
import type { Store } from "../../../local/cognito/store";
import { ada, type Client, serve, shareKeys } from "../../support/client";
import { synthesize } from "../../support/folder";
import { addPeople } from "./people";
import { type OwnSession, requests, respondedTo } from "./requests";

shareKeys();

const names = ["confirmed", "unconfirmed", "nobody"];

/** More than Cognito's limits per hour: 20 mails, 5 wrong codes or passwords. */
const attempts = (request: string) => (["resend-code", "forgot-password"].includes(request) ? 22 : 7);

const limited = requests.filter(([name]) => !/^(renewal$|challenge [A-Z])|short|weak/.test(name));

describe.each([{}, { API_TYPE: "http" }])("%j", (settings) => {
  const store: Store = {};
  let client: Client;
  let own: OwnSession;
  beforeAll(async () => {
    client = await serve(await synthesize({ MFA: "optional", ...settings }), store);
    own = await addPeople(client, store, false);
  });

  test.each(limited)("%s: every name gets the same response, however often", async (request, path, body) => {
    const often = names.flatMap((name) => Array.from({ length: attempts(request) }, () => name));
    const seen = await respondedTo(
      client,
      path,
      often.map((name) => [name, body(name, own)]),
    );
    expect([...seen.values()]).toEqual([often]);
  });

  test("an address that another account has confirmed is revealed neither without nor with the code", async () => {
    client.advance(3_600_000);
    for (const name of ["ada", "ada2"]) {
      await client.post("/user/sign-up", { ...ada, username: name });
      client.advance(2000);
    }
    const [first, second] = client.mails.slice(-2).map(({ code }) => code);
    expect((await client.post("/user/confirm-sign-up", { username: "ada", code: first })).status).toBe(200);
    const taken = await client.post("/user/confirm-sign-up", { username: "ada2", code: "000000" });
    const unknown = await client.post("/user/confirm-sign-up", { username: "nobody", code: "000000" });
    const right = await client.post("/user/confirm-sign-up", { username: "ada2", code: second });
    expect(taken.body).toEqual(unknown.body);
    expect(right.body).toEqual(unknown.body);
    expect(taken.body.message).toContain("an email that another account has confirmed");
  });
});

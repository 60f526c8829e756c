/** One user in every state that a user can be in, by names that begin with different letters. */
import type { Store, User } from "../../../local/cognito/store";
import { type Client, password } from "../../support/client";
import type { OwnSession } from "./requests";

const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/** Reached by an administrator's request, or by a change of the local Cognito's store. */
const states: Readonly<Record<string, (client: Client, user: object, stored: () => User) => unknown>> = {
  confirmed: () => {},
  unverified: (_client, _user, stored) => {
    stored().attributes.email_verified = "false";
  },
  unconfirmed: (_client, _user, stored) => {
    Object.assign(stored(), { status: "UNCONFIRMED" });
    stored().attributes.email_verified = "false";
  },
  disabled: (client, user) => client.cognito("AdminDisableUser", user),
  temporary: (client, user) =>
    client.cognito("AdminSetUserPassword", { ...user, Password: password, Permanent: false }),
  reset: (client, user) => client.cognito("AdminResetUserPassword", user),
  factor: (_client, _user, stored) => addFactor(stored()),
};

export const names = [...Object.keys(states), "deleted", "nobody"];

/** Of the pool's own name or of the alias, as typed: a pool made here ignores case. */
export const forms = (name: string, emailAsUsername: boolean): string[] => {
  const email = `${name}@example.com`;
  return emailAsUsername ? [email, email.toUpperCase()] : [name, email, name.toUpperCase(), email.toUpperCase()];
};

const addFactor = (user: User) =>
  Object.assign(user, {
    totp: { secret, name: undefined, usedSteps: [], failures: { count: 0, at: 0 } },
    mfa: { methods: ["SOFTWARE_TOKEN_MFA"], preferred: "SOFTWARE_TOKEN_MFA" },
  });

/** Creates all, and `mallory`, who signs in with a password and stops at the second factor. */
export async function addPeople(client: Client, store: Store, emailAsUsername: boolean): Promise<OwnSession> {
  const [UserPoolId = ""] = Object.keys(store);
  const stored = (name: string) =>
    Object.values(store[UserPoolId]?.users ?? {}).find(({ attributes }) => attributes.email === `${name}@example.com`);
  for (const name of [...Object.keys(states), "deleted", "mallory"]) {
    const email = `${name}@example.com`;
    const user = { UserPoolId, Username: emailAsUsername ? email : name };
    const UserAttributes = Object.entries({ email, email_verified: "true" }).map(([Name, Value]) => ({ Name, Value }));
    await client.cognito("AdminCreateUser", { ...user, UserAttributes, MessageAction: "SUPPRESS" });
    await client.cognito("AdminSetUserPassword", { ...user, Password: password, Permanent: true });
    await states[name]?.(client, user, () => stored(name) as User);
    if (name === "deleted") await client.cognito("AdminDeleteUser", user);
  }
  const username = emailAsUsername ? "mallory@example.com" : "mallory";
  const first = await client.post("/user/login", { username, password });
  const mallory = stored("mallory") as User;
  addFactor(mallory);
  client.advance(1000);
  const { data } = (await client.post("/user/login", { username, password })).body;
  // The session is a real one: with the right name and code it signs in.
  expect(data.challenge_name).toBe("SOFTWARE_TOKEN_MFA");
  const { session = "", challenge_name = "" } = data;
  const { refresh_token = "a.b.c.d.e" } = first.body.data;
  return { session, challenge_name, refresh_token };
}

/** Puts every user beyond every limit: 20 mails and 5 wrong codes per hour, 5 wrong passwords or codes of an app. */
export function exhaustLimits(store: Store, now: number): void {
  const purposes = ["sign-up", "sign-in", "password reset", "attribute verification"];
  const times = Array.from({ length: 20 }, () => now);
  const attempts = Object.fromEntries(
    purposes.flatMap((of) => [
      [`${of} sent`, times],
      [`${of} wrong`, times],
    ]),
  );
  const failures = { count: 12, at: now };
  for (const user of Object.values(store).flatMap(({ users }) => Object.values(users))) {
    Object.assign(user, { attempts: { ...attempts }, failures, setupFailures: failures });
    if (user.totp) user.totp.failures = failures;
  }
}

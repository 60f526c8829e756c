import type { Cognito } from "../cognito/cognito";
import { secretHash } from "../cognito/secret-hash";
import type { ConsoleUser } from "./protocol";

/** Every user of a pool, in the order of creation. */
export function usersOf(cognito: Cognito, poolId: string, now: number): readonly ConsoleUser[] {
  const pool = cognito.pools().find(({ id }) => id === poolId);
  if (!pool) return [];
  const sessions = new Map<string, number>();
  for (const { sub, revoked, expiresAt } of Object.values(pool.state.logins)) {
    if (!revoked && expiresAt > now) sessions.set(sub, (sessions.get(sub) ?? 0) + 1);
  }
  return Object.values(pool.state.users).map(({ sub, username, status, enabled, createdAt, modifiedAt, ...user }) => ({
    sub,
    username,
    status,
    enabled,
    createdAt,
    modifiedAt,
    groups: user.groups,
    secondFactors: user.mfa?.methods ?? [],
    attributes: user.attributes,
    sessions: sessions.get(sub) ?? 0,
  }));
}

/** What the page may do with users, and how it signs in where the API has no route for it. */
const OPERATIONS = new Set(
  "AdminConfirmSignUp AdminEnableUser AdminDisableUser AdminDeleteUser AdminAddUserToGroup AdminRemoveUserFromGroup SignUp ConfirmSignUp InitiateAuth RespondToAuthChallenge RevokeToken".split(
    " ",
  ),
);

type Input = Readonly<Record<string, unknown>>;

/**
 * Runs an operation for the page, which does not know the client's secret.
 * @throws CognitoException
 */
export async function runOperation(cognito: Cognito, name: string, input: Input): Promise<object> {
  if (!OPERATIONS.has(name)) throw new Error(`operation must be one of ${[...OPERATIONS].join(", ")}, got ${name}`);
  const clients = cognito.pools().flatMap(({ clients }) => clients);
  const client = clients.find(({ id }) => id === input.ClientId);
  const secret = client?.secret;
  return (await cognito.run(name, client && secret ? withSecret(name, input, client.id, secret) : input)) ?? {};
}

function withSecret(name: string, input: Input, clientId: string, secret: string): Input {
  if (name === "RevokeToken") return { ...input, ClientSecret: secret };
  for (const parameters of ["AuthParameters", "ChallengeResponses"]) {
    const values = input[parameters] as Readonly<Record<string, string>> | undefined;
    if (!values) continue;
    return { ...input, [parameters]: { ...values, SECRET_HASH: secretHash(secret, values.USERNAME ?? "", clientId) } };
  }
  return { ...input, SecretHash: secretHash(secret, String(input.Username), clientId) };
}

import { createPublicKey } from "node:crypto";
import { decodeJwt, errors, type JWK, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { poolIssuer } from "../terraform/partition";
import { notAuthorized, userNotFound } from "./errors";
import { groupsOf } from "./groups";
import { keyObject, signingKeys } from "./keys";
import type { Client, LocalUserPool } from "./local-user-pool";
import type { Context } from "./operation";
import { random } from "./random";
import { type Login, own, type User } from "./store";
import { changeClaims, tokenChanges } from "./token-changes";

export const issuer = ({ region, id }: LocalUserPool) => poolIssuer(region, id);

/** The scope of access tokens from InitiateAuth. */
const SCOPE = "aws.cognito.signin.user.admin";

/**
 * Id and access token of one sign-in, with AWS's claims.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
 */
export async function issueTokens(
  context: Context,
  client: Client,
  user: User,
  { originJti, login, source }: { readonly originJti: string; readonly login: Login; readonly source: string },
) {
  const groups = groupsOf(client.pool)
    .map(({ name }) => name)
    .filter((name) => user.groups.includes(name));
  const changes = await tokenChanges(context, client, user, groups, source);
  const keys = signingKeys(client.pool.state);
  const iat = Math.floor(context.now() / 1000);
  const shared = { ...sharedClaims(client, user, originJti, login, changes.groups ?? groups), iat };
  const id = {
    ...attributeClaims(user),
    ...shared,
    ...(changes.roles?.length && { "cognito:roles": changes.roles }),
    ...(changes.preferredRole && { "cognito:preferred_role": changes.preferredRole }),
    "cognito:username": user.username,
    aud: client.id,
    token_use: "id",
    exp: iat + client.idTokenSeconds,
    jti: random.uuid(),
  };
  const access = {
    ...shared,
    client_id: client.id,
    token_use: "access",
    scope: [...new Set([SCOPE, ...changes.scopesToAdd])]
      .filter((one) => !changes.scopesToSuppress.includes(one))
      .join(" "),
    exp: iat + client.accessTokenSeconds,
    jti: random.uuid(),
    username: user.username,
  };
  const [AccessToken, IdToken] = await Promise.all([
    sign(changeClaims(access, changes.access), keys.access),
    sign(changeClaims(id, changes.id), keys.id),
  ]);
  return { AccessToken, ExpiresIn: client.accessTokenSeconds, IdToken, TokenType: "Bearer" };
}

function sharedClaims(
  { pool }: Client,
  user: User,
  originJti: string,
  login: Login,
  groups: readonly string[],
): JWTPayload {
  return {
    sub: user.sub,
    ...(groups.length ? { "cognito:groups": groups } : {}),
    iss: issuer(pool),
    origin_jti: originJti,
    event_id: random.uuid(),
    auth_time: Math.floor(login.at / 1000),
  };
}

const sign = (claims: JWTPayload, key: JWK) =>
  new SignJWT(claims).setProtectedHeader({ kid: key.kid ?? "", alg: "RS256" }).sign(keyObject(key));

/** Attributes as claims: strings, but for the two flags and the number that OpenID Connect defines. */
function attributeClaims({ attributes }: User): JWTPayload {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      if (name === "email_verified" || name === "phone_number_verified") return [name, value.toLowerCase() === "true"];
      if (name === "address") return [name, { formatted: value }];
      return [name, name === "updated_at" ? Number(value) : value];
    }),
  );
}

/**
 * The user that an access token was issued to, for the operations of a signed-in client.
 * @throws NotAuthorizedException, UserNotFoundException
 */
export async function signedIn(context: Context, token: string): Promise<{ pool: LocalUserPool; user: User }> {
  const { pool, claims } = await verifyAccessToken(context, token);
  if (!pool.clients.some(({ id }) => id === claims.client_id)) throw notAuthorized("Invalid Access Token");
  const user = own(pool.state.users, claims.sub ?? "");
  if (!user) throw userNotFound();
  if (!user.enabled) throw notAuthorized("User is disabled.");
  const login = own(pool.state.logins, String(claims.origin_jti));
  if (!login || login.revoked) throw notAuthorized("Access Token has been revoked");
  return { pool, user };
}

/** An id token does not pass: another key signed it. */
async function verifyAccessToken(context: Context, token: string) {
  try {
    const { iss } = decodeJwt(token);
    const pool = context.pools().find((one) => issuer(one) === iss);
    if (!pool) throw new errors.JWTInvalid("issued elsewhere");
    const key = createPublicKey(keyObject(signingKeys(pool.state).access));
    const options = { algorithms: ["RS256"], currentDate: new Date(context.now()) };
    return { pool, claims: (await jwtVerify(token, key, options)).payload };
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw notAuthorized("Access Token has expired");
    if (error instanceof errors.JOSEError) throw notAuthorized("Invalid Access Token");
    throw error;
  }
}

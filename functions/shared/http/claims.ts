import { environment } from "../environment";
import { HttpError } from "../error-response";
import { isObject, type JsonObject, property, stringProperty } from "../json";

const verified = (event: unknown) => property(property(property(event, "requestContext"), "authorizer"), "claims");

/**
 * Checks what the gateway's authorizers cannot: that of a REST API accepts tokens of every app client of the pool, that of
 * an HTTP API both id and access tokens. An event without claims belongs to a public route and passes.
 * @throws {HttpError} 401 if the token is of another use than TOKEN_USE, or was issued to another app client
 * @throws {ConfigurationError} if there are claims, but no TOKEN_USE or CLIENT_ID to compare them with
 */
export function checkToken(event: unknown): void {
  const claims = verified(event);
  if (!isObject(claims)) return;
  const use = environment("TOKEN_USE");
  const client = stringProperty(claims, use === "id" ? "aud" : "client_id");
  const clients = [environment("CLIENT_ID"), process.env.WEB_CLIENT_ID];
  if (stringProperty(claims, "token_use") !== use || !client || !clients.includes(client)) {
    throw new HttpError(401, "Unauthorized");
  }
}

/**
 * Lets only members of the groups pass that the route table names, of which the setting ALLOWED_GROUPS tells.
 * @throws {HttpError} 403, or 401 without a token
 */
export function checkGroups(event: unknown): void {
  const groups = process.env.ALLOWED_GROUPS?.split(",");
  if (!groups) return;
  const claims = readClaims(event);
  if (!groups.some((group) => inGroup(claims, group))) {
    throw new HttpError(403, `Only members of the group ${groups.join(" or ")} may do this`);
  }
}

/** Verified claims of a token, as strings. */
export interface Claims extends JsonObject {
  /** The user's immutable id in the pool. Names and addresses can change: store data under this one. */
  readonly sub: string;
}

/**
 * The claims of the caller's token that the gateway's authorizer verified: the only source of the caller's identity.
 * REST API and HTTP API (payload format 1.0) put them in `authorizer.claims`, as strings.
 * @throws {HttpError} 401 if there are none, as on a route without an authorizer
 */
export function readClaims(event: unknown): Claims {
  const claims = verified(event);
  const sub = stringProperty(claims, "sub");
  if (!isObject(claims) || !sub) throw new HttpError(401, "Unauthorized");
  return { ...claims, sub };
}

/**
 * The caller's name in the pool: `cognito:username` in an id token, `username` in an access token. An id token may also hold
 * an attribute called `username`, so the token's use decides which claim counts.
 * @throws {HttpError} 401 if the claim is missing or empty
 */
export function callerName(claims: JsonObject): string {
  const claim = { id: "cognito:username", access: "username" }[stringProperty(claims, "token_use") ?? ""];
  const name = claim && stringProperty(claims, claim);
  if (!name) throw new HttpError(401, "Unauthorized");
  return name;
}

/**
 * The items of a list in a claim. API Gateway passes it as one string: `admin,users` (REST API) or `[admin users]` (HTTP API).
 * Items with commas, spaces or brackets make it ambiguous, and AWS offers no other form: do not use such names in a pool whose
 * groups give rights.
 */
export function listInClaim(text: string): string[] {
  const list = /^\[(.*)\]$/.exec(text)?.[1];
  return list === undefined ? text.split(",") : list.split(" ");
}

/** Whether the caller is in this group. */
export const inGroup = (claims: JsonObject, group: string): boolean =>
  listInClaim(stringProperty(claims, "cognito:groups") ?? "").includes(group);

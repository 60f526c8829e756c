import { environment } from "../environment";
import { RefusedError } from "../errors";
import { isObject, type JsonObject, property, stringProperty } from "../json";

const verified = (event: unknown) => property(property(property(event, "requestContext"), "authorizer"), "claims");

/**
 * Refuses a token of the other kind than TOKEN_USE names, and one that Cognito issued to another app client of the pool.
 * A REST API's authorizer takes tokens of every client of the pool; that of an HTTP API takes id and access tokens alike,
 * and no setting of theirs would change it. An event without claims is that of a public route.
 * @throws {RefusedError} 401
 * @throws {ConfigurationError} if there are claims, and no TOKEN_USE or CLIENT_ID to hold them against
 */
export function checkToken(event: unknown): void {
  const claims = verified(event);
  if (!isObject(claims)) return;
  const use = environment("TOKEN_USE");
  const client = stringProperty(claims, use === "id" ? "aud" : "client_id");
  if (stringProperty(claims, "token_use") !== use || client !== environment("CLIENT_ID")) {
    throw new RefusedError(401, "Unauthorized");
  }
}

/**
 * What the gateway's authorizer verified of the caller's token, and the only source of who the caller is.
 * REST API and HTTP API (payload format 1.0) put the claims in `authorizer.claims`, as strings.
 * @throws {RefusedError} 401 if there are none: the route has no authorizer, so nobody has vouched for the caller.
 */
export function readClaims(event: unknown): JsonObject {
  const claims = verified(event);
  if (!isObject(claims)) throw new RefusedError(401, "Unauthorized");
  return claims;
}

/**
 * The pool's own name of the caller: `cognito:username` in an id token, `username` in an access token. An id token may hold
 * an attribute of that other name, so the token's use decides, not which claim is there.
 */
export function callerName(claims: JsonObject): string {
  const claim = { id: "cognito:username", access: "username" }[stringProperty(claims, "token_use") ?? ""];
  const name = claim && stringProperty(claims, claim);
  if (!name) throw new RefusedError(401, "Unauthorized");
  return name;
}

/**
 * Whether the caller is in exactly this group. The claim is one string: joined with commas (REST API) or
 * `[admin users]` (HTTP API). Cognito allows commas and brackets in a group's name; a pool that has such groups next to
 * one that gives rights makes this claim ambiguous, and AWS offers no other.
 */
export function inGroup(claims: JsonObject, group: string): boolean {
  const groups = stringProperty(claims, "cognito:groups") ?? "";
  const list = /^\[(.*)\]$/.exec(groups)?.[1];
  return (list === undefined ? groups.split(",") : list.split(" ")).includes(group);
}

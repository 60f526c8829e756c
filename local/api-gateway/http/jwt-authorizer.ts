import { nested } from "../../terraform/json";
import { type Block, StackError, type SynthesizedStack } from "../../terraform/read-stack";
import { jwtClaims } from "../common/claims";
import type { Call } from "../common/request";
import type { Token, Verifier } from "../common/verifier";
import { type HttpRefusal, invalidToken, noToken, scopeMissing } from "./http-error";

/** What the function sees of the caller, or why the call is refused. */
export type JwtAuthorization =
  | { readonly claims: Readonly<Record<string, string>>; readonly scopes: readonly string[] | null }
  | { readonly refusal: HttpRefusal };

/** @param scopes the route's: any one of them suffices; without any, every token of the audience will do */
export type JwtAuthorizer = (call: Call, scopes: readonly string[], now: number) => Promise<JwtAuthorization>;

type Payload = Token["payload"];

/**
 * A JWT authorizer whose issuer is a user pool of the stack. It does not tell id from access tokens.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export function createJwtAuthorizer(
  stack: SynthesizedStack,
  { address, values }: Block,
  verify: Verifier,
): JwtAuthorizer {
  if (values.authorizer_type !== "JWT") {
    throw new StackError(`${address}: authorizer_type ${values.authorizer_type} is not served locally`);
  }
  const { issuer, audience } = nested(values.jwt_configuration) ?? {};
  const audiences = new Set([audience ?? []].flat().map(String));
  const pools = [...stack.resources("aws_cognito_user_pool"), ...stack.data("aws_cognito_user_pool")];
  const pool = pools.find((block) => issuer === `https://${block.values.endpoint}`);
  if (!pool) throw new StackError(`${address}: no user pool in cdk.tf.json is the issuer ${issuer}`);
  const header = identityHeader(address, values.identity_sources);

  return async (call, scopes, now) => {
    const given = call.headers[header];
    if (typeof given !== "string" || given === "") return { refusal: noToken };
    const token = given.replace(/^Bearer /i, "").trim();
    const refused = (description: string) => ({ refusal: invalidToken(scopes, description) });
    if (token.split(".").length !== 3) return refused("token contains an invalid number of segments");
    const payload = (await verify(token, (iss) => (iss === issuer ? String(pool.values.id) : undefined)))?.payload;
    if (!payload) return refused("the token is not signed by the issuer");
    if (!audiencesOf(payload).some((one) => audiences.has(one)))
      return refused("the token does not have a valid audience");
    const fault = timeFault(payload, now / 1000);
    if (fault) return refused(fault);
    const granted = scopesOf(payload);
    if (scopes.length > 0 && !scopes.some((scope) => granted.includes(scope))) return { refusal: scopeMissing(scopes) };
    return { claims: jwtClaims(payload), scopes: scopes.length > 0 ? granted : null };
  };
}

/** The one header that carries the token, in lower case. */
function identityHeader(address: string, sources: unknown): string {
  const [source, ...others] = [sources ?? []].flat().map(String);
  const header = /^\$request\.header\.([\w-]+)$/.exec(source ?? "")?.[1];
  if (header && others.length === 0) return header.toLowerCase();
  throw new StackError(`${address}: identity_sources ${JSON.stringify(sources)} is not served locally`);
}

/** `client_id` counts only where there is no `aud`. */
const audiencesOf = ({ aud, client_id }: Payload): string[] => [aud ?? client_id ?? []].flat().map(String);

const scopesOf = ({ scope, scp }: Payload): string[] =>
  [scope ?? scp ?? []].flat().flatMap((text) => String(text).split(" ").filter(Boolean));

/** @param now seconds */
function timeFault({ exp, nbf, iat }: Payload, now: number): string | undefined {
  if (typeof exp !== "number" || exp <= now) return "the token has expired";
  const future = [nbf, iat].some((time) => time !== undefined && !(typeof time === "number" && time <= now));
  return future ? "the token is not valid yet" : undefined;
}

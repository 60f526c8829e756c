import { nested } from "../../terraform/json";
import { type Block, StackError, type SynthesizedStack } from "../../terraform/read-stack";
import { jwtClaims } from "../common/claims";
import type { ApiRequest } from "../common/request";
import type { Token, Verifier } from "../common/verifier";
import { type HttpApiError, invalidToken, noToken, scopeMissing } from "./http-api-error";

/** What the function sees of the caller, or the error response. */
export type JwtAuthorization =
  | { readonly claims: Readonly<Record<string, string>>; readonly scopes: readonly string[] | null }
  | {
      readonly error: HttpApiError;
      /** For the console. */
      readonly reason: string;
    };

/** @param scopes the route's: one of them is enough; without scopes, any token of the audience is accepted */
export type JwtAuthorizer = (request: ApiRequest, scopes: readonly string[], now: number) => Promise<JwtAuthorization>;

type Payload = Token["payload"];

/**
 * A JWT authorizer whose issuer is a user pool of the stack. It accepts id and access tokens alike.
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

  return async (request, scopes, now) => {
    const given = request.headers[header];
    if (typeof given !== "string" || given === "") {
      return { error: noToken, reason: `the request has no header ${header}` };
    }
    const token = given.replace(/^Bearer /i, "").trim();
    const invalid = (reason: string) => ({ error: invalidToken(scopes, reason), reason });
    if (token.split(".").length !== 3) return invalid("token contains an invalid number of segments");
    const payload = (await verify(token, (iss) => (iss === issuer ? String(pool.values.id) : undefined)))?.payload;
    if (!payload) return invalid("the token is not signed by the issuer");
    if (!audiencesOf(payload).some((one) => audiences.has(one)))
      return invalid("the token does not have a valid audience");
    const fault = timeFault(payload, now / 1000);
    if (fault) return invalid(fault);
    const granted = scopesOf(payload);
    if (scopes.length > 0 && !scopes.some((scope) => granted.includes(scope))) {
      const reason = `the token must have one of the scopes ${scopes.join(", ")}, got ${granted.join(", ") || "none"}`;
      return { error: scopeMissing(scopes), reason };
    }
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

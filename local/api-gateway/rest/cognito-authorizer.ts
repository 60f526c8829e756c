import { poolIssuer } from "../../terraform/partition";
import { type Block, StackError, type SynthesizedStack } from "../../terraform/read-stack";
import { expiredToken, type GatewayError, unauthorized } from "../common/gateway-error";
import type { ApiRequest } from "../common/request";
import type { Token, Verifier } from "../common/verifier";

/** The caller's claims, or the error response. */
export type Authorization = { readonly claims: Readonly<Record<string, string>> } | Rejection;

interface Rejection {
  readonly error: GatewayError;
  /** For the console: the response says nothing of it. */
  readonly reason: string;
}

/** @param scopes the method's: one of them is enough; without scopes, an id token is needed */
export type Authorizer = (request: ApiRequest, scopes: readonly string[], now: number) => Promise<Authorization>;

interface Pool {
  readonly id: string;
  readonly issuer: string;
  /** App clients of the pool in this stack. */
  readonly clients: ReadonlySet<unknown>;
}

const reject = (reason: string, error: GatewayError = unauthorized): Rejection => ({ error, reason });

/**
 * A COGNITO_USER_POOLS authorizer: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 * As on AWS it has no audience: a token for any app client of the pool is accepted. Locally that is any client that the
 * stack declares, so tokens of a client that was removed stop working.
 */
export function createAuthorizer(stack: SynthesizedStack, { address, values }: Block, verify: Verifier): Authorizer {
  if (values.type !== "COGNITO_USER_POOLS") {
    throw new StackError(`${address}: type ${values.type ?? "TOKEN"} is not served locally`);
  }
  const arns = [values.provider_arns ?? []].flat().map(String);
  const pools = new Map<unknown, Pool>(
    arns.map((arn) => poolOf(stack, address, arn)).map((pool) => [pool.issuer, pool]),
  );
  const source = String(values.identity_source ?? "method.request.header.Authorization");
  const header = /^method\.request\.header\.([\w-]+)$/.exec(source)?.[1]?.toLowerCase();
  if (!header) throw new StackError(`${address}: identity_source ${source} is not served locally`);
  const expression = new RegExp(`^(?:${values.identity_validation_expression ?? ".*"})$`, "s");

  return async (request, scopes, now) => {
    const given = request.headers[header];
    if (typeof given !== "string") return reject(`the request has no header ${header}`);
    if (!expression.test(given)) return reject(`the header ${header} does not match identity_validation_expression`);
    const encoded = given.replace(/^Bearer /i, "").trim();
    const token = await verify(encoded, (issuer) => pools.get(issuer)?.id);
    const pool = pools.get(token?.payload.iss);
    return token && pool
      ? check(token, pool, scopes, now)
      : reject("the token is not signed by the authorizer's user pool");
  };
}

function check({ payload, claims }: Token, pool: Pool, scopes: readonly string[], now: number): Authorization {
  const access = payload.token_use === "access";
  if (typeof payload.exp !== "number") return reject("the token has no expiry");
  if (!pool.clients.has(access ? payload.client_id : payload.aud))
    return reject("the token's app client is not in the stack");
  const expiry = payload.exp * 1000;
  if (expiry <= now) return reject(`the token expired at ${new Date(expiry).toISOString()}`, expiredToken);
  // AWS accepts only access tokens where the method has scopes, and only id tokens where it has none.
  const needed = scopes.length > 0 ? "access" : "id";
  if (payload.token_use !== needed) {
    const why = scopes.length > 0 ? "the method has scopes" : "the method has no scopes";
    return reject(`the token must be an ${needed} token, got an ${payload.token_use} token: ${why}`);
  }
  const granted = typeof payload.scope === "string" ? payload.scope.split(" ") : [];
  const allowed = scopes.length === 0 || scopes.some((scope) => granted.includes(scope));
  return allowed
    ? { claims }
    : reject(`the token must have one of the scopes ${scopes.join(", ")}, got ${granted.join(", ")}`);
}

function poolOf(stack: SynthesizedStack, address: string, arn: string): Pool {
  const all = [...stack.resources("aws_cognito_user_pool"), ...stack.data("aws_cognito_user_pool")];
  const pool = all.find((block) => block.values.arn === arn);
  if (!pool) throw new StackError(`${address}: no user pool in cdk.tf.json has the ARN ${arn}`);
  const id = String(pool.values.id);
  const clients = stack.resources("aws_cognito_user_pool_client").filter((block) => block.values.user_pool_id === id);
  return {
    id,
    issuer: poolIssuer(stack.region, id),
    clients: new Set(clients.map((block) => block.values.id)),
  };
}

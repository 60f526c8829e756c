/** Cognito's JSON protocol over HTTP, and each pool's public documents. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { JWK } from "jose";
import type { AwsRequest } from "../aws/aws-request";
import { CognitoException, serialization } from "./errors";
import { random } from "./random";

export interface Service {
  /** Runs an operation by its name. */
  call(operation: string, body: unknown, request: AwsRequest): Promise<object | undefined>;
  jwks(poolId: string): { keys: JWK[] } | undefined;
  /** The pool's issuer, if there is such a pool. */
  issuer(poolId: string): string | undefined;
  /** The code last sent to a user. */
  code(username: string): string | undefined;
  log(line: string): void;
}

const bodyLimitBytes = 1024 * 1024;
const targetPrefix = "AWSCognitoIdentityProviderService.";
const cors = { "Access-Control-Allow-Origin": "*" };
const exposed = {
  ...cors,
  "Access-Control-Expose-Headers": "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
};
const preflight = {
  ...cors,
  "Access-Control-Allow-Headers":
    "Authorization,Content-Type,X-Amz-Content-Sha256,X-Amz-Date,X-Amz-Security-Token,X-Amz-Target,X-Amz-User-Agent,Amz-Sdk-Invocation-Id,Amz-Sdk-Request,Cache-Control",
  "Access-Control-Allow-Methods": "POST",
  "Access-Control-Max-Age": "172800",
};

export const createHandler = (service: Service) => (req: IncomingMessage, res: ServerResponse) => {
  const path = (req.url ?? "/").split("?")[0];
  if (req.method === "OPTIONS") res.writeHead(200, preflight).end();
  else if (req.method === "GET") page(service, req, res);
  else if (req.method === "POST" && path === "/") void respond(service, req, res);
  else res.writeHead(404).end();
};

async function respond(service: Service, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const headers = { ...exposed, "Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": random.uuid() };
  const operation = String(req.headers["x-amz-target"] ?? "").replace(targetPrefix, "");
  try {
    const body = await readBody(req);
    const output = await service.call(operationName(req), parseJson(body), signedRequest(req, body));
    service.log(`${operation} 200`);
    res.writeHead(200, headers).end(output && JSON.stringify(output));
  } catch (error) {
    const { type, message } = error instanceof CognitoException ? error : internalError(service, error);
    const printable = message
      .trim()
      .slice(0, 1000)
      .replace(/[^ -~]/g, " ");
    service.log(`${operation.replace(/\W/g, "?")} ${type}: ${printable}`);
    const errorHeaders = { "x-amzn-ErrorType": `${type}:`, "x-amzn-ErrorMessage": printable };
    res
      .writeHead(type === "InternalErrorException" ? 500 : 400, { ...headers, ...errorHeaders })
      .end(JSON.stringify({ __type: type, message }));
  }
}

const signedRequest = ({ headers, url = "/" }: IncomingMessage, body: Buffer): AwsRequest => ({
  method: "POST",
  url,
  path: "/",
  query: new URLSearchParams(),
  headers,
  body,
});

function internalError({ log }: Service, error: unknown): CognitoException {
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return new CognitoException("InternalErrorException", "Something went wrong");
}

function operationName({ headers }: IncomingMessage): string {
  const target = String(headers["x-amz-target"] ?? "");
  const isJson = /^application\/x-amz-json-1\.1\b/.test(headers["content-type"] ?? "");
  if (isJson && target.startsWith(targetPrefix)) return target.slice(targetPrefix.length);
  throw new CognitoException("UnknownOperationException", "");
}

async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size <= bodyLimitBytes) chunks.push(chunk);
  }
  if (size > bodyLimitBytes) throw serialization(`Request body exceeds ${bodyLimitBytes} bytes`);
  return Buffer.concat(chunks);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw serialization("Could not parse the request body as JSON");
  }
}

function page(service: Service, req: IncomingMessage, res: ServerResponse): void {
  const url = new URL(req.url ?? "/", "http://localhost");
  const [, poolId = "", ...rest] = url.pathname.split("/");
  const document = documents[rest.join("/")]?.(service, poolId, `http://${req.headers.host}/${poolId}`);
  if (document) {
    res.writeHead(200, { ...cors, "Content-Type": "application/json" }).end(JSON.stringify(document));
    return;
  }
  const code = url.pathname === "/_local/code" ? service.code(url.searchParams.get("username") ?? "") : undefined;
  res.writeHead(code ? 200 : 404, { "Content-Type": "text/plain" }).end(code ? `${code}\n` : "Not found\n");
}

const provider = {
  id_token_signing_alg_values_supported: ["RS256"],
  response_types_supported: ["code", "token"],
  scopes_supported: ["openid", "email", "phone", "profile"],
  subject_types_supported: ["public"],
  token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
};

const documents: Readonly<Record<string, (service: Service, poolId: string, url: string) => object | undefined>> = {
  ".well-known/jwks.json": ({ jwks }, poolId) => jwks(poolId),
  ".well-known/openid-configuration": (service, poolId, url) => {
    const issuer = service.issuer(poolId);
    return issuer === undefined ? undefined : { issuer, jwks_uri: `${url}/.well-known/jwks.json`, ...provider };
  },
};

import { createHmac } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Handler } from "../../../functions/shared/http/endpoint";
import { secret } from "./fake-cognito";

export const environment: Readonly<Record<string, string>> = {
  USER_POOL_ID: "us-east-1_AbCdEfGhI",
  CLIENT_ID: "client1234567890abcdefghij",
  CORS_ORIGINS: "https://app.example",
  REFRESH_TOKEN_ROTATION: "false",
  TOKEN_USE: "id",
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "ASIAEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "role-secret-key",
  AWS_SESSION_TOKEN: "role-session-token",
};

/** The functions' environment for each test of a file, and nothing left of it afterwards. */
export function useEnvironment(): void {
  const before = process.env;
  beforeEach(() => {
    process.env = { ...before, ...environment };
  });
  afterEach(() => {
    process.env = before;
    jest.restoreAllMocks();
  });
}

/** Bodies of the handlers that have tests of their own. Those of all others are made from their schemas: see requests.ts. */
export const bodies = {
  "sign-up": { username: "ada", password: "Correct-Horse-1", email: "ada@example.com" },
  "confirm-sign-up": { username: "ada", code: "123456" },
  "resend-code": { username: "ada" },
  login: { username: "ada", password: "Correct-Horse-1" },
  "respond-to-challenge": {
    username: "ada",
    session: "session-of-an-unfinished-login",
    challenge_name: "NEW_PASSWORD_REQUIRED",
    responses: { NEW_PASSWORD: "Correct-Horse-2" },
  },
  "renew-refresh-token": { username: "ada", refresh_token: "refresh-token" },
  "forgot-password": { username: "ada" },
  "confirm-forgot-password": { username: "ada", code: "123456", password: "Correct-Horse-3" },
  logout: { refresh_token: "refresh-token" },
  "test-user": { username: "ada" },
  "confirm-mfa": { code: "123456" },
} as const;
export type HandlerName = keyof typeof bodies;

export const claims = { token_use: "id", aud: environment.CLIENT_ID, "cognito:username": "ada", sub: "6e8acaa9" };

export const event = (body: unknown, more: object = {}): object => ({
  httpMethod: "POST",
  headers: { "content-type": "application/json", Origin: "https://app.example" },
  body: body === undefined ? null : JSON.stringify(body),
  isBase64Encoded: false,
  requestContext: { requestId: "gateway-request", extendedRequestId: "extended-request", authorizer: { claims } },
  ...more,
});

const shared = join(__dirname, "../../../functions/shared");
/** What keeps something from one event to the next: the client's secret. Everything else that handlers share is loaded once. */
const stateful = "app-client.ts";
for (const file of readdirSync(shared, { recursive: true, encoding: "utf8" })) {
  if (!file.endsWith(".ts") || basename(file) === stateful) continue;
  const module = join(shared, file);
  const loaded = { ...require(module), __esModule: true };
  jest.doMock(module, () => loaded);
}

/** A cold function: a module registry of its own, so that no secret is known yet. */
export function coldHandler(name: string): Handler {
  const loaded: { handler?: Handler } = {};
  jest.isolateModules(() => {
    const module: { handler: Handler } = require(`../../../functions/${name}`);
    loaded.handler = module.handler;
  });
  if (!loaded.handler) throw new Error(`${name} has no handler`);
  return loaded.handler;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Values of `Set-Cookie`. */
  readonly cookies: readonly string[];
}

/** One request to a cold function. */
export const invoke = (name: string, body: unknown, more: object = {}): Promise<ApiResponse> =>
  invokeHandler(coldHandler(name), event(body, more));

export async function invokeHandler(handler: Handler, anyEvent: unknown): Promise<ApiResponse> {
  const { statusCode, headers, multiValueHeaders, body } = await handler(anyEvent, { awsRequestId: "lambda-request" });
  const cookies = (multiValueHeaders?.["Set-Cookie"] ?? []).map(String);
  return { status: statusCode, headers: headers ?? {}, body: parse(body), cookies };
}

/** A handler may send text that is no JSON, or nothing. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

export const succeeded = (data: unknown) => ({ message: "success", error: false, success: true, data });
export const failed = (message: string) => ({ message, error: true, success: false, data: null });
export const internalError = failed("Internal error, request id lambda-request");

export const hashOf = (username: string, clientSecret = secret) =>
  createHmac("sha256", clientSecret).update(`${username}${environment.CLIENT_ID}`).digest("base64");

/** What was logged, instead of being printed. */
export function captureLog(): unknown[] {
  const entries: unknown[] = [];
  for (const level of ["log", "info", "warn", "error", "debug"] as const) {
    jest.spyOn(console, level).mockImplementation((...line) => void entries.push(...line));
  }
  return entries;
}

/** A client of the local API and of the local Cognito that shares no code with either. */
import { createHmac } from "node:crypto";
import type { Message, Store } from "../../local/cognito/cognito";
import type { PoolAttributes } from "../../local/cognito/local-user-pool";
import { random } from "../../local/cognito/random";
import { type Local, startLocal } from "../../local/server";
import type { SynthesizedStack } from "../../local/terraform/read-stack";
import { conformTo } from "./conform";
import { keys } from "./keys";

/** Gives every pool of the test file the same two keys: for tests that are not about keys. */
export function shareKeys(): void {
  let turn = 0;
  random.key = () => (turn++ % 2 === 0 ? keys.id : keys.access);
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly message: string; readonly data: Record<string, string> & readonly unknown[] };
}

export interface Client {
  readonly local: Local;
  /** The stack that is served first. */
  readonly stack: SynthesizedStack;
  readonly mails: Message[];
  readonly lines: string[];
  /** Of both servers. */
  now(): number;
  /** Moves the clock of both servers. */
  advance(milliseconds: number): void;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  request(method: string, path: string, headers?: Record<string, string>, body?: string): Promise<Response>;
  /** A request of the developer to the Cognito API. */
  cognito(operation: string, input: unknown): Promise<Record<string, unknown>>;
}

export const password = "Correct-Horse-7-Battery";
export const ada = { username: "ada", password, email: "ada@example.com" };
export const grace = { username: "grace", password, email: "grace@example.com" };

/** The settings of the stack that its responses depend on. */
function settingsOf(stack: SynthesizedStack): Record<string, string> {
  const isHttp = stack.resources("aws_apigatewayv2_api").length > 0;
  const guarded = [...stack.resources("aws_api_gateway_method"), ...stack.resources("aws_apigatewayv2_route")];
  const hasScopes = guarded.some(({ values }) => [values.authorization_scopes ?? []].flat().length > 0);
  return { ...(isHttp && { API_TYPE: "http" }), ...(hasScopes && { TOKEN_USE: "access" }) };
}

/** Each response is compared with the OpenAPI document. Serves `folder` on free ports until the test file ends. */
export async function serve(folder: string, store: Store = {}, existingPool?: PoolAttributes): Promise<Client> {
  let now = Date.now();
  const mails: Message[] = [];
  const lines: string[] = [];
  const local = await startLocal({
    folder,
    store,
    ...(existingPool && { existingPool }),
    port: 0,
    cognitoPort: 0,
    now: () => now,
    log: (line) => lines.push(line),
    deliver: (message) => mails.push(message),
  });
  opened.push(local);
  const { stack } = local;

  const conform = conformTo(settingsOf(stack));
  const request: Client["request"] = async (method, path, headers = {}, body) => {
    const response = await fetch(`${local.apiUrl}/v1${path}`, {
      method,
      headers: { ...ONCE, ...headers },
      ...(body !== undefined && { body }),
    });
    await conform(method, path, response);
    return response;
  };
  const reply = async (response: Response): Promise<Reply> => ({
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Reply["body"],
  });
  return {
    local,
    stack,
    mails,
    lines,
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    request,
    get: async (path, headers) => reply(await request("GET", path, headers)),
    post: async (path, body, headers) =>
      reply(await request("POST", path, { "Content-Type": "application/json", ...headers }, JSON.stringify(body))),
    async cognito(operation, input) {
      const response = await fetch(local.cognitoUrl, {
        method: "POST",
        headers: {
          ...ONCE,
          "Content-Type": "application/x-amz-json-1.1",
          "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
          Authorization: OPERATOR,
        },
        body: JSON.stringify(input),
      });
      // An operation without output has an empty body.
      const output = JSON.parse((await response.text()) || "{}") as Record<string, unknown>;
      if (!response.ok) throw new Error(`${operation}: ${JSON.stringify(output)}`);
      return output;
    },
  };
}

/** On a busy machine, the server may close a kept-alive connection just when it is used again. */
const ONCE = { Connection: "close" };

/** Any key that is not a function's is the developer's, whose signature is not verified. */
const OPERATOR = `AWS4-HMAC-SHA256 Credential=AKIAOPERATOR/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`;

const opened: Local[] = [];
afterAll(() => Promise.all(opened.splice(0).map((local) => local.close())));

interface SignIn {
  readonly AuthenticationResult: Readonly<Record<"IdToken" | "AccessToken" | "RefreshToken", string>>;
}

/** Tokens of `grace`, created by an administrator: for tests that are not about sign-up and sign-in. */
export async function signedIn({ stack, cognito }: Client) {
  const [client] = stack.resources("aws_cognito_user_pool_client");
  const { user_pool_id: UserPoolId, id: ClientId, client_secret } = client?.values ?? {};
  const user = { UserPoolId, Username: grace.username };
  const UserAttributes = Object.entries({ email: grace.email, email_verified: "true" });
  await cognito("AdminCreateUser", {
    ...user,
    UserAttributes: UserAttributes.map(([Name, Value]) => ({ Name, Value })),
    MessageAction: "SUPPRESS",
  });
  await cognito("AdminSetUserPassword", { ...user, Password: password, Permanent: true });
  const SECRET_HASH = createHmac("sha256", String(client_secret))
    .update(`${grace.username}${ClientId}`)
    .digest("base64");
  const AuthParameters = { USERNAME: grace.username, PASSWORD: password, SECRET_HASH };
  const signIn = await cognito("InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", ClientId, AuthParameters });
  const { IdToken, AccessToken, RefreshToken } = (signIn as unknown as SignIn).AuthenticationResult;
  return { id_token: IdToken, access_token: AccessToken, refresh_token: RefreshToken };
}

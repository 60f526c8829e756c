/** A Cognito over HTTP on a free port, with a clock that only tests move. */
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { Iam, Principal } from "../../../local/aws/iam";
import { createCognito, type Message, type Store } from "../../../local/cognito/cognito";
import type { InvokeTrigger } from "../../../local/cognito/triggers";
import type { Block, SynthesizedStack } from "../../../local/terraform/read-stack";
import { keys } from "../../support/keys";

export const poolId = "us-east-1_aBcDeFgHi";
export const poolArn = `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${poolId}`;
export const clientId = "1234567890abcdefghijklmnop";
export const secret = "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t0u1v2w3x4y5z";
export const goodPassword = "Correct-horse-9-battery";

type Values = Record<string, unknown>;
export interface Overrides {
  readonly pool?: Values;
  readonly client?: Values;
  /** More app clients, by id. */
  readonly clients?: Readonly<Record<string, Values>>;
  readonly groups?: readonly Values[];
  /** The pool is one that the JSON only names. */
  readonly existing?: boolean;
  readonly invoke?: InvokeTrigger;
}

const poolValues: Values = {
  id: poolId,
  arn: poolArn,
  name: "dev-users",
  alias_attributes: ["email"],
  auto_verified_attributes: ["email"],
  username_configuration: { case_sensitive: false },
  password_policy: {
    minimum_length: 14,
    require_lowercase: true,
    require_numbers: true,
    require_symbols: true,
    require_uppercase: true,
    temporary_password_validity_days: 7,
  },
  deletion_protection: "ACTIVE",
};

const clientValues: Values = {
  id: clientId,
  name: "dev-api",
  user_pool_id: poolId,
  client_secret: secret,
  explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  id_token_validity: 60,
  access_token_validity: 30,
  refresh_token_validity: 30,
  token_validity_units: [{ id_token: "minutes", access_token: "minutes", refresh_token: "days" }],
  prevent_user_existence_errors: "ENABLED",
  enable_token_revocation: true,
  auth_session_validity: 3,
};

export function stack({ pool, client, clients = {}, groups, existing }: Overrides = {}): SynthesizedStack {
  const block = (type: string, values: Values, index = 0): Block => {
    const name = `block${index}`;
    return { address: `${type}.${name}`, type, name, values };
  };
  const thePool = existing
    ? { id: poolId, arn: poolArn, name: "dev-users", user_pool_id: poolId, ...pool }
    : { ...poolValues, ...pool };
  const blocks = [
    ...(existing ? [] : [block("aws_cognito_user_pool", thePool)]),
    block("aws_cognito_user_pool_client", { ...clientValues, ...client }),
    ...Object.entries(clients).map(([id, values]) =>
      block("aws_cognito_user_pool_client", { ...clientValues, id, name: id, ...values }),
    ),
    ...(groups ?? [{ name: "admin", user_pool_id: poolId }]).map((values) => block("aws_cognito_user_group", values)),
  ];
  return {
    folder: "/nowhere",
    stackName: "dev",
    region: "us-east-1",
    accountId: "000000000000",
    partition: "aws",
    resources: (type) => blocks.filter((one) => one.type === type),
    notEmulated: [],
    data: (type) => (existing && type === "aws_cognito_user_pool" ? [block(type, thePool)] : []),
  };
}

export const role: Principal = {
  arn: "arn:aws:sts::000000000000:assumed-role/dev-test-user/dev-test-user",
  roleArn: "arn:aws:iam::000000000000:role/dev-test-user",
  credentials: { accessKeyId: "ASIAROLE000000000000", secretAccessKey: "role-secret", sessionToken: "role-session" },
  denial: (action, resource) =>
    action === "cognito-idp:AdminGetUser" && resource === poolArn ? undefined : role.denied(action, String(resource)),
  denied: (action, resource) =>
    `User: ${role.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  mayUse: (prefix) => prefix === "cognito-idp",
};
export const iam: Iam = {
  roleCredentials: () => role.credentials,
  principal: (accessKeyId) => (accessKeyId === role.credentials.accessKeyId ? role : undefined),
};

export const operatorHeader = `AWS4-HMAC-SHA256 Credential=AKIAOPERATOR/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`;

export const hash = (username: string, id = clientId, key = secret) =>
  createHmac("sha256", key)
    .update(username + id)
    .digest("base64");

export interface Tokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
  readonly ExpiresIn: number;
  readonly TokenType: string;
}

/** The members that tests read; everything else is compared as a whole. */
export interface Body {
  readonly [member: string]: unknown;
  readonly __type?: string;
  readonly message?: string;
  readonly AuthenticationResult?: Tokens;
  readonly Session?: string;
  readonly UserSub?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

type Input = Readonly<Record<string, unknown>>;

export async function startCognito(overrides: Overrides = {}, given: { store?: Store; now?: number } = {}) {
  const clock = { now: given.now ?? Date.UTC(2026, 0, 1) };
  const sent: Message[] = [];
  const log: string[] = [];
  const store = given.store ?? {};
  const state = { users: {}, logins: {}, refreshTokens: {}, sessions: {}, keys };
  store[poolId] ??= state;
  const cognito = createCognito({
    now: () => clock.now,
    deliver: (message) => sent.push(message),
    log: (line) => log.push(line),
    store,
    triggerAttemptMs: 50,
  });
  cognito.apply(stack(overrides), iam, undefined, overrides.invoke);
  const server = createServer(cognito.handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const url = `http://127.0.0.1:${address.port}`;

  async function raw(headers: Record<string, string>, body: string | Uint8Array): Promise<Reply> {
    const response = await fetch(url, { method: "POST", headers, body });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
  }
  const headersOf = (operation: string) => ({
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
  });
  /** A call without credentials. */
  const call = (operation: string, input: Input) => raw(headersOf(operation), JSON.stringify(input));
  /** A call by the operator, on the pool. */
  const admin = (operation: string, input: Input = {}) =>
    raw({ ...headersOf(operation), Authorization: operatorHeader }, JSON.stringify({ UserPoolId: poolId, ...input }));
  /** A call by the app client in a user's name, with the right secret hash. */
  const as = (username: string, operation: string, input: Input = {}) =>
    call(operation, { ClientId: clientId, Username: username, SecretHash: hash(username), ...input });
  const login = (username: string, password = goodPassword) =>
    call("InitiateAuth", {
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password, SECRET_HASH: hash(username) },
    });
  const refresh = (token: string, hashed: string) =>
    call("InitiateAuth", {
      AuthFlow: "REFRESH_TOKEN_AUTH",
      ClientId: clientId,
      AuthParameters: { REFRESH_TOKEN: token, SECRET_HASH: hash(hashed) },
    });
  const emailOf = (username: string) => [{ Name: "email", Value: `${username.toLowerCase()}@example.com` }];
  const signUp = (username: string, input: Input = {}) =>
    as(username, "SignUp", { Password: goodPassword, UserAttributes: emailOf(username), ...input });
  const lastCode = () => sent.at(-1)?.code ?? "";

  return {
    url,
    clock,
    sent,
    log,
    store,
    cognito,
    raw,
    headersOf,
    call,
    admin,
    as,
    login,
    refresh,
    signUp,
    lastCode,
    apply: (changed: Overrides) => cognito.apply(stack(changed), iam, undefined, changed.invoke ?? overrides.invoke),
    /** A confirmed user, and the sub. */
    async user(username: string): Promise<string> {
      const { body } = await signUp(username);
      await as(username, "ConfirmSignUp", { ConfirmationCode: lastCode() });
      return String(body.UserSub);
    },
    async tokens(username: string): Promise<Tokens> {
      const { body } = await login(username);
      if (!body.AuthenticationResult) throw new Error(`no tokens: ${JSON.stringify(body)}`);
      return body.AuthenticationResult;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}

export type Running = Awaited<ReturnType<typeof startCognito>>;

/** The expected error response. */
export const failure = (type: string, message: string | RegExp) =>
  expect.objectContaining({
    status: 400,
    body: {
      __type: type,
      message: message instanceof RegExp ? expect.stringMatching(message) : message,
    },
  });

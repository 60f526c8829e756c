import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { configNotes, loadConfig, readConfig } from "../config";
import { settings } from "../settings";

const problem = (environment: Record<string, string>, file: Record<string, string> = {}): string => {
  try {
    readConfig(environment, file);
  } catch (error) {
    return (error as Error).message;
  }
  return "no problem";
};

test("has a default for every setting that does not name something of the user's", () => {
  expect(readConfig({})).toEqual({
    project: "cognito-api",
    stage: "dev",
    region: "us-east-1",
    apiType: "rest",
    apiStage: "v1",
    userPoolId: undefined,
    tokenHeader: "Authorization",
    tokenUse: "id",
    corsOrigins: ["http://localhost:3000"],
    corsHeaders: [],
    corsExposedHeaders: [],
    binaryMediaTypes: [],
    refreshTokenRotation: false,
    idTokenMinutes: 60,
    accessTokenMinutes: 60,
    refreshTokenDays: 30,
    protectUsers: true,
    selfSignUp: true,
    mfa: "off",
    mfaEmail: "off",
    webClient: false,
    refreshTokenCookie: "false",
    threatProtection: "off",
    releases: false,
    tracing: false,
    waf: false,
    lambdaRuntime: "nodejs24.x",
    lambdaMemoryMb: 256,
    logRetentionDays: 30,
    throttleRate: 50,
    throttleBurst: 100,
    manageApiGatewayAccount: true,
    stateBucket: undefined,
    cognitoSignIn: "username-or-email",
    port: 3001,
    cognitoPort: 9229,
  });
});

test.each([
  ["PROJECT", "a", "shop-2", "p2345678901234567890"],
  ["STAGE", "a", "prod-eu-1", "a23456789abcdef0"],
  ["AWS_REGION", "eu-central-1", "us-gov-west-1", "ap-southeast-2"],
  ["API_TYPE", "rest", "http"],
  ["API_STAGE", "v2", "default", "a_b-C"],
  ["COGNITO_USER_POOL_ID", "us-east-1_AbCdEfGhI"],
  ["TOKEN_HEADER", "token", "X-Id-Token"],
  ["TOKEN_USE", "access"],
  ["CORS_ORIGINS", "*", "https://a.example,http://localhost:5173", "https://a.example:8443 , https://b.example"],
  ["REFRESH_TOKEN_ROTATION", "true"],
  ["ID_TOKEN_MINUTES", "5", "1440"],
  ["ACCESS_TOKEN_MINUTES", "5", "1440"],
  ["REFRESH_TOKEN_DAYS", "1", "3650"],
  ["PROTECT_USERS", "false"],
  ["ALARM_EMAIL", "team@example.com", "a.b+c@sub.example.co.uk"],
  ["TRACING", "true"],
  ["WAF", "true"],
  ["KMS_KEY_ARN", "arn:aws:kms:us-east-1:123456789012:key/mrk-0123456789abcdef"],
  ["LAMBDA_RUNTIME", "nodejs22.x"],
  ["LAMBDA_MEMORY_MB", "128", "10240"],
  ["LOG_RETENTION_DAYS", "1", "3653"],
  ["THROTTLE_RATE", "1", "10000"],
  ["THROTTLE_BURST", "1", "5000"],
  ["MANAGE_API_GATEWAY_ACCOUNT", "false"],
  ["STATE_BUCKET", "my-state.bucket"],
  ["COGNITO_SIGN_IN", "username", "email", "username-or-email"],
  ["PORT", "0", "65535"],
  ["COGNITO_PORT", "0", "65535"],
])("accepts %s at its bounds", (name, ...values) => {
  for (const value of values) expect(problem({ [name]: value })).toBe("no problem");
});

test.each([
  ["PROJECT", "Shop", "1shop", "shop_1", "p23456789012345678901", "aws-shop", "ssm", "-shop"],
  ["STAGE", "Dev", "1st", "a23456789abcdef01", "a_b", "dev "],
  ["AWS_REGION", "us-east", "US-EAST-1", "moon"],
  ["API_TYPE", "HTTP", "websocket"],
  ["API_STAGE", "v 1", "v/1", "$default"],
  ["COGNITO_USER_POOL_ID", "AbC", "us-east-1-AbC", "us-east-1_", "us-east-1_a b"],
  ["TOKEN_HEADER", "X Token", "Content-Type", "host", "Origin", "1token", "x-amzn-trace-id"],
  ["TOKEN_HEADER", "Accept-Language", "Sec-Token", "Proxy-Authorization", "Referer", "apigw-requestid"],
  ["TOKEN_USE", "ID", "refresh"],
  [
    "CORS_ORIGINS",
    "*,https://a.example",
    "https://a.example/",
    "a.example",
    "null",
    "https://a.example,",
    "https://*.example",
  ],
  [
    "CORS_ORIGINS",
    "https://a.example,https://a.example",
    "https://A.example",
    "https://a.example:443",
    "ftp://a.example",
  ],
  ["CORS_ORIGINS", Array.from({ length: 99 }, (_, index) => `https://app-${index}.example`).join(",")],
  ["REFRESH_TOKEN_ROTATION", "yes", "1", "TRUE"],
  ["ID_TOKEN_MINUTES", "4", "1441", "60.5", "-60", "1e2", "sixty"],
  ["ACCESS_TOKEN_MINUTES", "4", "1441"],
  ["REFRESH_TOKEN_DAYS", "0", "3651"],
  ["PROTECT_USERS", "no"],
  ["ALARM_EMAIL", "team", "Team <team@example.com>", "a@b.example,c@d.example", "a b@c.example"],
  ["DOMAIN_NAME", "example", "https://api.example.com", "API.example.com", "api.example.com.", "*.example.com"],
  ["DOMAIN_BASE_PATH", "/v1", "a/b", "a b"],
  ["CERTIFICATE_ARN", "1234abcd", "arn:aws:iam::123456789012:server-certificate/a"],
  ["HOSTED_ZONE_ID", "/hostedzone/Z0123456789ABC", "z123456", "example.com"],
  ["KMS_KEY_ARN", "alias/mine", "arn:aws:kms:us-east-1:123456789012:alias/mine"],
  ["LAMBDA_RUNTIME", "nodejs18.x", "python3.12"],
  ["LAMBDA_MEMORY_MB", "127", "10241"],
  ["LOG_RETENTION_DAYS", "0", "2", "31"],
  ["THROTTLE_RATE", "0", "10001"],
  ["THROTTLE_BURST", "0", "5001"],
  ["MANAGE_API_GATEWAY_ACCOUNT", "maybe"],
  ["STATE_BUCKET", "ab", "Bucket", "-bucket"],
  ["COGNITO_SIGN_IN", "phone"],
  ["PORT", "65536", "http"],
  ["COGNITO_PORT", "-1"],
])("rejects %s out of its bounds, naming it, the value and what is allowed", (name, ...values) => {
  const { allowed } = settings[name as keyof typeof settings];
  for (const value of values)
    expect(problem({ [name]: value })).toContain(`${name} must be ${allowed}, got "${value}"`);
});

test("names every problem in one message", () => {
  const lines = problem({ STAGE: "Dev", PORT: "x", THROTTLE_RATES: "1", COGNITO_USER_POOL_ID: "eu-west-1_AbC" }).split(
    "\n",
  );
  expect(lines).toHaveLength(5);
  expect(lines.join("\n")).toMatch(/THROTTLE_RATES.*STAGE.*PORT.*COGNITO_USER_POOL_ID/s);
});

test.each([
  ["a pool of another region", { COGNITO_USER_POOL_ID: "eu-west-1_AbC" }, "must be of AWS_REGION us-east-1"],
  [
    "an id token that outlives the refresh token",
    { ID_TOKEN_MINUTES: "1440", REFRESH_TOKEN_DAYS: "1" },
    "ID_TOKEN_MINUTES must be less",
  ],
  [
    "an access token that outlives it",
    { ACCESS_TOKEN_MINUTES: "1440", REFRESH_TOKEN_DAYS: "1" },
    "ACCESS_TOKEN_MINUTES must be less",
  ],
  ["one port for both servers", { PORT: "4000", COGNITO_PORT: "4000" }, "COGNITO_PORT must differ from PORT"],
])("rejects %s", (_, environment, message) => {
  expect(problem(environment)).toContain(message);
});

describe("unknown names", () => {
  test.each([
    ["THROTTLE_RATES", "THROTTLE_RATE"],
    ["CORS_ORIGIN", "CORS_ORIGINS"],
    ["COGNITO_USERPOOL_ID", "COGNITO_USER_POOL_ID"],
    ["PROTECT_USER", "PROTECT_USERS"],
    ["REFRESH_TOKEN_DAY", "REFRESH_TOKEN_DAYS"],
    ["API_TYPES", "API_TYPE"],
  ])("rejects %s in the environment, and asks for %s", (name, setting) =>
    expect(problem({ [name]: "1" })).toContain(`${name} is not a setting: did you mean ${setting}?`),
  );
  test.each([
    ...["HOME", "HOST", "AWS_PROFILE", "AWS_SECRET_ACCESS_KEY", "LOG_LEVEL", "STAGES", "PORTS", "STAGE_NAME", "TF_LOG"],
    ...["API_URL", "API_KEY", "API_TOKEN", "TOKEN_SECRET", "TOKEN_URL", "COGNITO_CLIENT_ID", "LAMBDA_TASK_ROOT", "CI"],
  ])("leaves %s in the environment alone: it is another program's", (name) =>
    expect(problem({ [name]: "1" })).toBe("no problem"),
  );
  test.each(["HOME", "STAGES", "AWS_PROFILE"])("rejects %s in .env, which holds settings only", (name) => {
    expect(problem({}, { [name]: "1" })).toContain(`${name} is not a setting: the settings are PROJECT, `);
  });
  test("does not repeat a wrong value's text where it may be a secret of somebody else", () => {
    expect(problem({}, { API_SECRET: "hunter2" })).not.toContain("hunter2");
  });
});

describe(".env", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "config-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("is read if present, and real variables win", () => {
    expect(loadConfig(folder, {}).stage).toBe("dev");
    writeFileSync(join(folder, ".env"), '# ours\nSTAGE=test\nAPI_STAGE="v2" # quoted\nCOGNITO_USER_POOL_ID=\n');
    expect(loadConfig(folder, { STAGE: "prod" })).toMatchObject({
      stage: "prod",
      apiStage: "v2",
      userPoolId: undefined,
    });
  });
  test("may begin with a byte order mark and end its lines with CRLF", () => {
    writeFileSync(join(folder, ".env"), "\uFEFFSTAGE=test\r\nAPI_STAGE=v2\r\n");
    expect(loadConfig(folder, {})).toMatchObject({ stage: "test", apiStage: "v2" });
  });
  test("fails on a colon in place of the equals sign, naming the line", () => {
    writeFileSync(join(folder, ".env"), "API_STAGE=v2\nSTAGE: test\n");
    expect(() => loadConfig(folder, {})).toThrow(".env line 2 must be NAME=value");
  });
  test("does not lose its value to an empty variable", () => {
    writeFileSync(join(folder, ".env"), "STAGE=test\n");
    expect(loadConfig(folder, { STAGE: "" }).stage).toBe("test");
  });
});

describe(".env.example", () => {
  const text = readFileSync(join(__dirname, "..", ".env.example"), "utf8");
  const example = parseEnv(text) as Record<string, string>;

  test("lists every setting, in the order of the table", () => {
    expect([...text.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)).toEqual(Object.keys(settings));
  });
  test("gives each its default, so that a copy of it changes nothing", () => {
    const defaults = Object.entries(settings).map(([name, { schema }]) => [name, schema.default ?? ""]);
    expect(example).toEqual(Object.fromEntries(defaults));
    expect(readConfig({}, example)).toEqual(readConfig({}));
  });
});

test("tells what an old provider makes of the newest runtime, and nothing of another", () => {
  expect(configNotes(readConfig({}))).toEqual([expect.stringMatching(/6\.19 or later.*LAMBDA_RUNTIME=nodejs22\.x/)]);
  expect(configNotes(readConfig({ LAMBDA_RUNTIME: "nodejs22.x" }))).toEqual([]);
});

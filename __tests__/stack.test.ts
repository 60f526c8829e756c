import childProcess from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack, Testing } from "cdktf";
import { readConfig } from "../config";
import { functionNames, type Route } from "../constructs/api/route";
import { routes } from "../routes";
import { ApiStack } from "../stack";
import { addresses, addressIn, only, resources, type Synthesized, synthStack, type Values } from "./support/synth";

const json = synthStack();
const { project } = readConfig({});

const sha256 = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** `POST /user/login` for each method of the API, from its permission-shaped path in the JSON. */
function methodNames(stack: Synthesized, wanted: (method: Values) => boolean): string[] {
  const path = (id: unknown): string => {
    const [type = "", name = ""] = addressIn(id).split(".");
    const resource = stack.resource[type]?.[name];
    return type === "aws_api_gateway_resource" ? `${path(resource?.parent_id)}/${resource?.path_part}` : "";
  };
  return resources(stack, "aws_api_gateway_method")
    .filter(wanted)
    .map((method) => `${method.http_method} ${path(method.resource_id)}`)
    .sort();
}

test("keeps every address: a changed one replaces what lies behind it", () => {
  const golden = readFileSync(join(__dirname, "stack.addresses.txt"), "utf8").trimEnd().split("\n");
  const current = addresses(json);
  // New addresses are those of a route that somebody adds: they replace nothing.
  const missing = golden.filter((address) => !current.includes(address));
  if (missing.length > 0) missing.push("if this is intended, run `npm run addresses -- --write`");
  expect(missing).toEqual([]);
});

test("keeps its addresses whatever the stage", () => {
  expect(addresses(synthStack({ STAGE: "prod", API_STAGE: "v9", AWS_REGION: "eu-west-1" }))).toEqual(addresses(json));
});

test("can take values from another stack of the app", () => {
  const app = Testing.app();
  const stack = new ApiStack(app, "dev", { config: readConfig({}), routes });
  const other = new TerraformStack(app, "other");
  new AwsProvider(other, "aws");
  new TerraformOutput(stack, "theirs", { value: new CloudwatchLogGroup(other, "logs", { name: "logs" }).arn });
  app.synth();
  const own = JSON.parse(readFileSync(join(app.outdir, "stacks", "dev", "cdk.tf.json"), "utf8")) as Synthesized;
  expect(Object.keys(own.data.terraform_remote_state ?? {})).toHaveLength(1);
});

test("gives the same JSON twice", () => {
  expect(sha256(synthStack())).toBe(sha256(json));
});

test("leaves exactly the public routes and OPTIONS without authorization", () => {
  const open = routes.filter((route) => route.access === "public").map((route) => `${route.method} ${route.path}`);
  const preflights = [...new Set(routes.map((route) => `OPTIONS ${route.path}`))];
  expect(methodNames(json, ({ authorization }) => authorization === "NONE")).toEqual([...open, ...preflights].sort());
  const others = routes.filter((route) => route.access !== "public").map((route) => `${route.method} ${route.path}`);
  expect(methodNames(json, ({ authorization }) => authorization === "COGNITO_USER_POOLS")).toEqual(others.sort());
});

/** As it ends an ARN: a variable of the path is any text there. */
const arnPath = ({ method, path }: Route) => `${method}${path.replace(/\{\w+\+?\}/g, "*")}`;

test("gives every route its permission, and no wider one", () => {
  const [api] = Object.keys(json.resource.aws_api_gateway_rest_api ?? {});
  const granted = resources(json, "aws_lambda_permission").map((permission) => {
    expect(permission.principal).toBe("apigateway.amazonaws.com");
    return [String(permission.source_arn), addressIn(permission.function_name)];
  });
  const wanted = routes.map((route) => [
    `\${aws_api_gateway_rest_api.${api}.execution_arn}/*/${arnPath(route)}`,
    expect.stringMatching(new RegExp(`^aws_lambda_function\\.functions_${route.function}_function_`)),
  ]);
  expect(granted).toHaveLength(wanted.length);
  expect(granted).toEqual(expect.arrayContaining(wanted));
});

test("allows each function exactly its Cognito actions, on exactly this pool", () => {
  const pool = `\${aws_cognito_user_pool.${Object.keys(json.resource.aws_cognito_user_pool ?? {})[0]}.arn}`;
  const allowed = resources(json, "aws_iam_role_policy").flatMap(({ policy, role }) => {
    const statements = JSON.parse(String(policy)).Statement as { Action: string[]; Resource: string }[];
    return statements
      .filter(({ Action }) => Action.some((action) => action.startsWith("cognito-idp:")))
      .map(({ Action, Resource }) => [addressIn(role).replace(/^.*functions_(.*)_role_.*$/, "$1"), Action, Resource]);
  });
  const wanted = functionNames(routes).flatMap((name) => {
    const actions = routes.flatMap((row) => (row.function === name ? (row.cognitoActions ?? []) : []));
    return actions.length > 0 ? [[name, [...new Set(actions)].sort(), pool]] : [];
  });
  expect(allowed.sort()).toEqual(wanted.sort());
  expect(allowed).toContainEqual(["test-user", ["cognito-idp:AdminGetUser"], pool]);
});

test("tells a function the groups that its routes name", () => {
  const row = { method: "GET", path: "/reports", function: "echo", groups: ["admin", "staff"] } as const;
  const functions = resources(synthStack({}, [...routes.slice(0, 1), row]), "aws_lambda_function");
  const groups = functions.map(({ function_name, environment }) => [
    function_name,
    (environment as { variables: Values }).variables.ALLOWED_GROUPS,
  ]);
  expect(Object.fromEntries(groups)).toMatchObject({
    "cognito-api-dev-echo": "admin,staff",
    "cognito-api-dev-sign-up": undefined,
  });
});

test("creates the groups that routes name, once, in a pool of its own only", () => {
  const row = { method: "GET", function: "echo", groups: ["admin", "staff"] } as const;
  const table = [
    { ...row, path: "/a" },
    { ...row, path: "/b" },
  ];
  const names = (settings: Record<string, string>) =>
    resources(synthStack(settings, table), "aws_cognito_user_group").map(({ name }) => name);
  expect(names({})).toEqual(["admin", "staff"]);
  expect(names({ COGNITO_USER_POOL_ID: "us-east-1_AbCdEfGhI" })).toEqual([]);
});

test("tells the URL, the ids and the region, and never the secret", () => {
  expect(Object.keys(json.output).sort()).toEqual(["api_url", "region", "user_pool_client_id", "user_pool_id"]);
  expect(JSON.stringify(json)).not.toMatch(/client_secret/);
});

test("names a function for its stage, and gives it what it needs to know", () => {
  const [login] = resources(json, "aws_lambda_function").filter((fn) => fn.function_name === `${project}-dev-login`);
  const { variables } = (login as Values).environment as { variables: Values };
  expect(Object.keys(variables).sort()).toEqual([
    "CLIENT_ID",
    "CORS_ORIGINS",
    "NODE_OPTIONS",
    "REFRESH_TOKEN_ROTATION",
    "TOKEN_USE",
    "USER_POOL_ID",
  ]);
  expect(variables).toMatchObject({
    CORS_ORIGINS: "http://localhost:3000",
    REFRESH_TOKEN_ROTATION: "false",
    TOKEN_USE: "id",
  });
});

test("shares one function between the routes that name it", () => {
  expect(resources(json, "aws_lambda_function")).toHaveLength(new Set(routes.map((route) => route.function)).size);
});

test("is synthesized without Terraform on the machine, and says which versions it takes", () => {
  const app = Testing.app();
  new ApiStack(app, "dev", { config: readConfig({}), routes });
  const run = jest.spyOn(childProcess, "execSync");
  app.synth();
  expect(run).not.toHaveBeenCalled();
  expect(json.terraform.required_version).toBe(">= 1.10.0");
});

test("takes providers from 5.100.0 on, and keeps its paths relative", () => {
  expect(json.terraform.required_providers.aws?.version).toBe(">= 5.100.0, < 7.0.0");
  expect(json.terraform.backend).toEqual({ local: { path: "../../../terraform.dev.tfstate" } });
  expect(JSON.stringify(json)).not.toContain(join(__dirname, ".."));
});

test("keeps its state in a bucket when it is given one, locked by S3 itself", () => {
  expect(synthStack({ STATE_BUCKET: "my-state", STAGE: "prod" }).terraform.backend).toEqual({
    s3: {
      bucket: "my-state",
      key: `${project}/prod/terraform.tfstate`,
      region: "us-east-1",
      encrypt: true,
      use_lockfile: true,
    },
  });
});

test("fails a plan with another region on the same state, and needs no region in a name", () => {
  const guard = only(synthStack({ AWS_REGION: "eu-west-1" }), "terraform_data");
  expect(guard).toEqual({
    input: { region: "eu-west-1" },
    lifecycle: {
      ignore_changes: ["input"],
      postcondition: [
        {
          condition: '${self.output.region == "eu-west-1"}',
          error_message: expect.stringMatching(/^AWS_REGION must be \$\{self\.output\.region\}, .* got eu-west-1/),
        },
      ],
    },
  });
});

test("keeps every name within AWS's bounds with the longest project and stage", () => {
  const settings = { PROJECT: "p".repeat(20), STAGE: "s".repeat(16) };
  const name = `${settings.PROJECT}-${settings.STAGE}`;
  for (const apiType of ["rest", "http"]) {
    const longest = synthStack({ ...settings, API_TYPE: apiType });
    const names = (type: string, key: string) => resources(longest, type).map((values) => String(values[key]));
    const bounded = [...names("aws_iam_role", "name"), ...names("aws_lambda_function", "function_name")];
    expect(bounded).toContain(`${name}-login`);
    for (const one of bounded) expect(one).toMatch(/^[\w-]{1,64}$/);
    for (const group of names("aws_cloudwatch_log_group", "name")) expect(group.length).toBeLessThanOrEqual(512);
  }
});

test("manages nothing of an existing pool but its own client", () => {
  const existing = synthStack({ COGNITO_USER_POOL_ID: "us-east-1_AbCdEfGhI" });
  expect(existing.resource.aws_cognito_user_pool).toBeUndefined();
  expect(existing.resource.aws_cognito_user_group).toBeUndefined();
  expect(only(existing, "aws_cognito_user_pool_client").user_pool_id).toBe("us-east-1_AbCdEfGhI");
});

test.each([
  ["PROJECT", "shop", "shop-dev-login"],
  ["PROJECT", "shop", '"Project":"shop"'],
  ["STAGE", "prod", `${project}-prod`],
  ["AWS_REGION", "eu-west-1", '"region":"eu-west-1"'],
  ["API_STAGE", "v9", '"stage_name":"v9"'],
  ["TOKEN_HEADER", "token", "method.request.header.token"],
  ["TOKEN_USE", "access", '"authorization_scopes":["aws.cognito.signin.user.admin"]'],
  ["CORS_ORIGINS", "https://a.example", "'https://a.example'"],
  ["REFRESH_TOKEN_ROTATION", "true", '"refresh_token_rotation":[{"feature":"ENABLED"'],
  ["ID_TOKEN_MINUTES", "7", '"id_token_validity":7'],
  ["ACCESS_TOKEN_MINUTES", "8", '"access_token_validity":8'],
  ["REFRESH_TOKEN_DAYS", "9", '"refresh_token_validity":9'],
  ["PROTECT_USERS", "false", '"deletion_protection":"INACTIVE"'],
  ["LAMBDA_RUNTIME", "nodejs22.x", '"runtime":"nodejs22.x"'],
  ["LAMBDA_MEMORY_MB", "512", '"memory_size":512'],
  ["LOG_RETENTION_DAYS", "7", '"retention_in_days":7'],
  ["THROTTLE_RATE", "33", '"throttling_rate_limit":33'],
  ["THROTTLE_BURST", "44", '"throttling_burst_limit":44'],
])("has an effect: %s", (name, value, text) => {
  expect(JSON.stringify(json)).not.toContain(text);
  expect(JSON.stringify(synthStack({ [name]: value }))).toContain(text);
});

test("leaves the account's role to another stack when told so", () => {
  expect(synthStack({ MANAGE_API_GATEWAY_ACCOUNT: "false" }).resource.aws_api_gateway_account).toBeUndefined();
});

test.each([
  ["PORT", "4321"],
  ["COGNITO_PORT", "4321"],
  ["COGNITO_SIGN_IN", "email"],
])("has no effect on what is synthesized: %s", (name, value) => {
  expect(synthStack({ [name]: value })).toEqual(json);
});

/** What the stack gives `resources.ts`, with resources of the test's own. */
import { Testing } from "cdktf";
import { readConfig } from "../config";
import { Schedule } from "../constructs/resources/schedule";
import { Table } from "../constructs/resources/table";
import type { addResources } from "../resources";
import { ApiStack } from "../stack";
import { publicRoute } from "./constructs/support";
import { addressIn, resources, type Synthesized, synthStack, type Values } from "./support/synth";

const synthResources = (build: typeof addResources, settings: Record<string, string> = {}): Synthesized => {
  const config = readConfig(settings);
  const stack = new ApiStack(Testing.app(), config.stage, { config, routes: [publicRoute], resources: build });
  return JSON.parse(Testing.synth(stack)) as Synthesized;
};
const functionNamed = (json: Synthesized, name: string) =>
  resources(json, "aws_lambda_function").filter(({ function_name }) => function_name === name) as [Values];

test("fn is the function of a route, which then gets permission and variable", () => {
  const json = synthResources((scope, { name, protect, fn }) => {
    const table = new Table(scope, "things", { name: `${name}-things`, partitionKey: "id", protect });
    table.grantRead(fn("echo"));
  });
  const echo = functionNamed(json, "cognito-api-dev-echo");
  expect(echo).toHaveLength(1);
  expect(echo[0].environment).toMatchObject({
    variables: { THINGS_TABLE: expect.stringContaining("aws_dynamodb_table.resources_things_table_") },
  });
  expect(JSON.stringify(resources(json, "aws_iam_role_policy"))).toContain("dynamodb:GetItem");
});

test("fn makes a function outside of the route table once, which knows nothing of the user pool", () => {
  const json = synthResources((scope, { name, fn }) => {
    const nightly = fn("nightly", { timeoutSeconds: 300 });
    new Schedule(scope, "nightly", { name: `${name}-nightly`, expression: "rate(1 day)", function: fn("nightly") });
    nightly.addEnvironment("MODE", "full");
  });
  const [nightly, ...others] = functionNamed(json, "cognito-api-dev-nightly");
  expect(others).toEqual([]);
  expect(nightly).toMatchObject({ timeout: 300, runtime: "nodejs24.x", memory_size: 256 });
  expect(nightly.environment).toEqual({ variables: { MODE: "full", NODE_OPTIONS: "--enable-source-maps" } });
});

test("a trigger of the stack's pool is one line", () => {
  const json = synthResources((_, { userPool, fn }) => userPool.addTrigger("preSignUp", fn("close-sign-up")));
  const [pool] = resources(json, "aws_cognito_user_pool");
  expect(pool?.lambda_config).toEqual({ pre_sign_up: expect.stringContaining("functions_close-sign-up_function_") });
});

test("what holds data is protected unless PROTECT_USERS is false", () => {
  const build: typeof addResources = (scope, { name, protect }) => {
    new Table(scope, "things", { name, partitionKey: "id", protect });
  };
  const isProtected = (settings = {}) =>
    resources(synthResources(build, settings), "aws_dynamodb_table")[0]?.deletion_protection_enabled;
  expect([isProtected(), isProtected({ PROTECT_USERS: "false" })]).toEqual([true, false]);
});

test("rejects options for a function that exists already", () => {
  expect(() => synthResources((_, { fn }) => void fn("echo", { timeoutSeconds: 20 }))).toThrow(
    'options of fn("echo") must be given where the function is first named, or in its route',
  );
});

test("allows each function of the notes exactly its actions on the table", () => {
  const json = synthStack();
  const [table] = Object.keys(json.resource.aws_dynamodb_table ?? {});
  const allowed = resources(json, "aws_iam_role_policy").flatMap(({ policy, role }) => {
    const statements = JSON.parse(String(policy)).Statement as { Action: string[]; Resource: string }[];
    return statements
      .filter(({ Resource }) => Resource === `\${aws_dynamodb_table.${table}.arn}`)
      .map(({ Action }) => [addressIn(role).replace(/^.*functions_(.*)_role_.*$/, "$1"), Action]);
  });
  expect(Object.fromEntries(allowed)).toEqual({
    "create-note": ["dynamodb:PutItem"],
    "delete-note": ["dynamodb:DeleteItem"],
    "get-note": ["dynamodb:GetItem"],
    "list-notes": ["dynamodb:Query"],
    "update-note": ["dynamodb:GetItem", "dynamodb:UpdateItem"],
  });
});

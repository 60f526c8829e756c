import { ArchiveProvider } from "@cdktf/provider-archive/lib/provider";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import type { NodeFunction } from "../../../constructs/function/node-function";
import { type TriggerName, triggerNames } from "../../../constructs/users/triggers";
import { UserPool, type UserPoolProps } from "../../../constructs/users/user-pool";
import { only, resources, synthScope } from "../../support/synth";
import { reference, testFunction } from "../resources/support";

const synthPool = (build: (pool: UserPool, fn: NodeFunction) => void, props: Partial<UserPoolProps> = {}) =>
  synthScope((stack) => build(new UserPool(stack, "users", { name: "users", ...props }), testFunction(stack)));

test.each(triggerNames)("the pool invokes the function of the trigger %s, and may", (trigger) => {
  const json = synthPool((pool, fn) => pool.addTrigger(trigger, fn));
  const key = trigger.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  expect(only(json, "aws_cognito_user_pool").lambda_config).toEqual({
    [key]: reference(json, "aws_lambda_function", "arn"),
  });
  expect(only(json, "aws_lambda_permission")).toMatchObject({
    action: "lambda:InvokeFunction",
    principal: "cognito-idp.amazonaws.com",
    source_arn: reference(json, "aws_cognito_user_pool", "arn"),
  });
});

test("one function may have several triggers", () => {
  const json = synthPool((pool, fn) => {
    pool.addTrigger("preSignUp", fn);
    pool.addTrigger("preAuthentication", fn);
  });
  const { lambda_config } = only(json, "aws_cognito_user_pool");
  expect(Object.keys(lambda_config as object)).toEqual(["pre_authentication", "pre_sign_up"]);
  expect(resources(json, "aws_lambda_permission")).toHaveLength(2);
});

test.each([
  [2, "V2_0"],
  [3, "V3_0"],
] as const)("version %i of a token's event needs the tier ESSENTIALS", (version, lambda_version) => {
  const json = synthPool((pool, fn) => pool.addTrigger("preTokenGeneration", fn, { version }));
  expect(only(json, "aws_cognito_user_pool")).toMatchObject({
    lambda_config: {
      pre_token_generation_config: { lambda_arn: reference(json, "aws_lambda_function", "arn"), lambda_version },
    },
    user_pool_tier: "ESSENTIALS",
  });
});

test("a pool without such a trigger keeps its tier", () => {
  const json = synthPool((pool, fn) => pool.addTrigger("preTokenGeneration", fn));
  expect(only(json, "aws_cognito_user_pool").user_pool_tier).toBeUndefined();
});

test("challenges of your own open the client's flow for them", () => {
  const json = synthPool((pool, fn) => pool.addTrigger("defineAuthChallenge", fn));
  expect(only(json, "aws_cognito_user_pool_client").explicit_auth_flows).toEqual([
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
    "ALLOW_CUSTOM_AUTH",
  ]);
});

test("grant lets a function call the pool, and gives its id", () => {
  const json = synthPool((pool, fn) => pool.grant(fn, "cognito-idp:AdminGetUser"));
  const [policy] = resources(json, "aws_iam_role_policy");
  expect(JSON.parse(String(policy?.policy)).Statement).toContainEqual({
    Effect: "Allow",
    Action: ["cognito-idp:AdminGetUser"],
    Resource: reference(json, "aws_cognito_user_pool", "arn"),
  });
  expect(only(json, "aws_lambda_function").environment).toMatchObject({
    variables: { USER_POOL_ID: reference(json, "aws_cognito_user_pool", "id") },
  });
});

test("grant to a trigger makes no cycle: a policy that the function does not wait for, and no variable", () => {
  const json = synthPool((pool, fn) => {
    pool.addTrigger("postConfirmation", fn);
    pool.grant(fn, "cognito-idp:AdminAddUserToGroup");
    pool.grant(fn, "cognito-idp:AdminGetUser");
  });
  const [own, ...others] = Object.entries(json.resource.aws_iam_role_policy ?? {}).reverse();
  const [name, policy] = own?.[0].includes("user-pool") ? own : (others[0] ?? ["", {}]);
  expect(JSON.parse(String(policy.policy)).Statement.map(({ Action }: { Action: unknown }) => Action)).toEqual([
    ["cognito-idp:AdminAddUserToGroup"],
    ["cognito-idp:AdminGetUser"],
  ]);
  const fn = only(json, "aws_lambda_function");
  expect(JSON.stringify(fn)).not.toMatch(/cognito/);
  expect(fn.depends_on).not.toContain(`aws_iam_role_policy.${name}`);
});

describe("rejects", () => {
  test("a trigger of a pool that this stack does not manage", () => {
    const build = (pool: UserPool, fn: NodeFunction) => pool.addTrigger("preSignUp", fn);
    expect(() => synthPool(build, { existingUserPoolId: "us-east-1_AbC" })).toThrow(
      "the trigger preSignUp needs a pool of this stack, got COGNITO_USER_POOL_ID",
    );
  });

  test("a function that refers to the pool", () => {
    const build = (pool: UserPool, fn: NodeFunction) => {
      pool.grant(fn, "cognito-idp:AdminGetUser");
      pool.addTrigger("preSignUp", fn);
    };
    expect(() => synthPool(build)).toThrow("environment and policy of the trigger fn must not refer to the pool");
  });

  test("a function that refers to the pool or its client later", () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, "test");
    new AwsProvider(stack, "aws");
    new ArchiveProvider(stack, "archive");
    const pool = new UserPool(stack, "users", { name: "users" });
    const fn = testFunction(stack);
    pool.addTrigger("preSignUp", fn);
    fn.addEnvironment("CLIENT_ID", pool.clientId);
    expect(() => Testing.synth(stack, true)).toThrow(
      "environment and policy of the trigger fn must not refer to the pool",
    );
  });

  test("a second function for a trigger", () => {
    const build = (pool: UserPool, fn: NodeFunction) => {
      pool.addTrigger("preSignUp", fn);
      pool.addTrigger("preSignUp", fn);
    };
    expect(() => synthPool(build)).toThrow("the trigger preSignUp must be added once, got two functions");
  });

  test("a trigger that it does not offer, such as one that needs a KMS key", () => {
    const build = (pool: UserPool, fn: NodeFunction) => pool.addTrigger("customEmailSender" as TriggerName, fn);
    expect(() => synthPool(build)).toThrow(/^trigger must be one of createAuthChallenge, .*, got customEmailSender$/);
  });

  test("a version that the event does not have", () => {
    const build = (pool: UserPool, fn: NodeFunction) => pool.addTrigger("preSignUp", fn, { version: 2 });
    expect(() => synthPool(build)).toThrow("version of the trigger preSignUp must be 1, got 2");
  });
});

/** WAF: the web ACLs in front of the stage and of the pool. */
import { only, resources, type Synthesized, synthStack, type Values } from "../../support/synth";

const json = synthStack({ WAF: "true", TOKEN_HEADER: "Token" });

interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly action?: object;
  readonly override_action?: object;
  readonly statement: {
    readonly managed_rule_group_statement?: object;
    readonly rate_based_statement?: { readonly limit: number; readonly scope_down_statement?: object };
  };
}
const rules = (stack: Synthesized, name: string) =>
  resources(stack, "aws_wafv2_web_acl").find((acl) => acl.name === name)?.rule as Rule[];
const limitOf = (rule: Rule | undefined) => rule?.statement.rate_based_statement?.limit;

test("without WAF the stack has no web ACL", () => {
  expect(JSON.stringify(synthStack())).not.toContain("waf");
});

test("the stage and the pool each have a web ACL", () => {
  const pairs = resources(json, "aws_wafv2_web_acl_association").map(({ resource_arn, web_acl_arn }) => [
    String(resource_arn).split(".")[0],
    String(web_acl_arn)
      .split(".")[1]
      ?.replace(/_acl_.*/, ""),
  ]);
  expect(pairs.sort()).toEqual([
    ["${aws_api_gateway_stage", "firewalls_api"],
    ["${aws_cognito_user_pool", "firewalls_pool"],
  ]);
});

test("the API's rules: a stricter rate for public routes where something can be guessed, then AWS's sets", () => {
  const found = rules(json, "cognito-api-dev-api");
  expect(found.map(({ name, priority }) => [name, priority])).toEqual([
    ["sign-in-rate", 0],
    ["rate", 1],
    ["AWSManagedRulesAmazonIpReputationList", 2],
    ["AWSManagedRulesKnownBadInputsRuleSet", 3],
    ["AWSManagedRulesCommonRuleSet", 4],
  ]);
  const [signIn, all, ...managed] = found;
  expect([limitOf(signIn), limitOf(all)]).toEqual([100, 2000]);
  const scope = JSON.stringify(signIn?.statement.rate_based_statement?.scope_down_statement);
  expect([...scope.matchAll(/"search_string":"([^"]+)"/g)].map(([, path]) => path)).toEqual([
    "/user/sign-up",
    "/user/confirm-sign-up",
    "/user/resend-code",
    "/user/login",
    "/user/login/challenge",
    "/user/forgot-password",
    "/user/confirm-forgot-password",
  ]);
  for (const rule of [signIn, all]) expect(rule?.action).toEqual({ block: {} });
  for (const rule of managed) expect(rule.override_action).toEqual({ none: {} });
});

test("the pool's rules let pass what the functions send for the API's callers", () => {
  const names = rules(json, "cognito-api-dev-pool").map(({ name }) => name);
  expect(names).toEqual(["rate", "AWSManagedRulesKnownBadInputsRuleSet"]);
  const limit = (THROTTLE_RATE: string) =>
    limitOf(rules(synthStack({ WAF: "true", THROTTLE_RATE }), "cognito-api-dev-pool")[0]);
  expect([limit("50"), limit("1")]).toEqual([30_000, 2_000]);
});

test("one guessable path needs no or_statement, none needs no rule", () => {
  const route = { method: "POST", path: "/x", function: "echo", access: "public", reason: "a test" } as const;
  const throttle = { rateLimit: 1, burstLimit: 1 };
  const one = rules(synthStack({ WAF: "true" }, [{ ...route, throttle }]), "cognito-api-dev-api")[0];
  expect(one?.statement.rate_based_statement?.scope_down_statement).toHaveProperty("byte_match_statement");
  expect(rules(synthStack({ WAF: "true" }, [route]), "cognito-api-dev-api")[0]?.name).toBe("rate");
});

test("an existing pool keeps its own web ACL", () => {
  const stack = synthStack({ WAF: "true", COGNITO_USER_POOL_ID: "us-east-1_AbCdEfGhI" });
  expect(only(stack, "aws_wafv2_web_acl").name).toBe("cognito-api-dev-api");
});

test("the log keeps what was blocked, without credentials, as long as other logs", () => {
  const retained = synthStack({ WAF: "true", TOKEN_HEADER: "Token", LOG_RETENTION_DAYS: "90" });
  const groups = resources(retained, "aws_cloudwatch_log_group").filter(({ name }) =>
    String(name).startsWith("aws-waf-logs-cognito-api-dev-"),
  );
  expect(groups.map(({ retention_in_days: days }) => days)).toEqual([90, 90]);
  for (const logging of resources(retained, "aws_wafv2_web_acl_logging_configuration")) {
    expect(logging.redacted_fields).toEqual(
      ["authorization", "cookie", "token"].map((name) => ({ single_header: { name } })),
    );
    expect(logging.logging_filter).toMatchObject({
      default_behavior: "DROP",
      filter: [{ behavior: "KEEP", condition: [{ action_condition: { action: "BLOCK" } }] }],
    });
  }
  for (const { visibility_config: config } of resources(retained, "aws_wafv2_web_acl")) {
    expect((config as Values).sampled_requests_enabled).toBe(false);
  }
});

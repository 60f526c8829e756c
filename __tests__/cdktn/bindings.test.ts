import { join } from "node:path";
import { type TerraformJson, unknownArguments } from "./bindings";

const bindings = join(__dirname, "..", "..", "node_modules", "@cdktf", "provider-aws");
const find = (type: string, block: Record<string, unknown>): string[] =>
  unknownArguments({ resource: { [type]: { x: block } } } as TerraformJson, bindings);

test("known arguments, blocks, maps and references have no problem", () => {
  const client = {
    "//": {},
    depends_on: ["aws_x.y"],
    name: "client",
    generate_secret: true,
    id_token_validity: "${var.minutes}",
    explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH"],
    token_validity_units: [{ id_token: "minutes" }],
    refresh_token_rotation: [{ feature: "DISABLED", retry_grace_period_seconds: 0 }],
  };
  expect(find("aws_cognito_user_pool_client", client)).toEqual([]);
  expect(find("aws_wafv2_web_acl_association", { resource_arn: "a", web_acl_arn: "b" })).toEqual([]);
  expect(find("aws_wafv2_web_acl", { rule: [{ name: "a", statement: { managed_rule_group_statement: {} } }] })).toEqual(
    [],
  );
  expect(find("aws_lambda_function", { environment: { variables: { A: "1" } }, tags: { a: "b" } })).toEqual([]);
});

test.each([
  ["aws_cognito_user_pool_client", { made_up: 1 }, "aws_cognito_user_pool_client.x.made_up"],
  ["aws_cognito_user_pool_client", { name: 1 }, "aws_cognito_user_pool_client.x.name is 1, not string"],
  [
    "aws_cognito_user_pool_client",
    { token_validity_units: [{ made_up: "days" }] },
    "aws_cognito_user_pool_client.x.token_validity_units.made_up",
  ],
  [
    "aws_cognito_user_pool_client",
    { explicit_auth_flows: "ALL" },
    'aws_cognito_user_pool_client.x.explicit_auth_flows is "ALL", not string[]',
  ],
  ["aws_lambda_function", { tags: { a: 1 } }, 'aws_lambda_function.x.tags is {"a":1}, not '],
  ["aws_wafv2_web_acl_association", { arn: "a" }, "aws_wafv2_web_acl_association.x.arn"],
  ["aws_made_up", {}, "aws_made_up: unknown"],
])("%s with %j has a problem", (type, block, problem) => {
  expect(find(type, block)).toEqual([expect.stringContaining(problem)]);
});

test("data sources are checked too", () => {
  const json = { data: { aws_cognito_user_pool: { x: { user_pool_id: "a", made_up: 1 } } } };
  expect(unknownArguments(json, bindings)).toEqual(["aws_cognito_user_pool.x.made_up"]);
});

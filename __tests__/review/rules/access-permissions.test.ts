import { review } from "../../../review/report";
import { accessPermissions } from "../../../review/rules/access-permissions";
import { oneWay, pairs } from "../support/pairs";
import { created, type JsonObject, kept, planOf, replaced, updated } from "../support/plan";

const PERMISSION = "aws_lambda_permission.p";
const API = "arn:aws:execute-api:us-east-1:1:api1";
const values = {
  id: "p",
  action: "lambda:InvokeFunction",
  function_name: "echo",
  principal: "apigateway.amazonaws.com",
  source_arn: `${API}/*/GET/echo`,
};
const from = (before: JsonObject, after: JsonObject) => [
  replaced(PERMISSION, { ...values, ...before }, { ...values, ...after }),
];
const URL = "aws_lambda_function_url.u";

const invoke = {
  action: "lambda:InvokeFunction",
  function_name: "f",
  principal: "events.amazonaws.com",
  source_arn: "arn:rule",
};
const allow = (...actions: string[]) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action: actions, Resource: "arn:x" }] });
const layers = (before: string[], after: string[]) => [
  updated("aws_lambda_function.f", { layers: before }, { layers: after }),
];

pairs(accessPermissions, [
  oneWay("access-opened", "aws_lambda_permission", { ...invoke, principal_org_id: "o-1" }, invoke),
  [
    "access-opened",
    "a function that is given a role of which nothing is known",
    [updated("aws_lambda_function.f", { role: "arn:r/fn" }, { role: "arn:r/Administrator" })],
    "a role that may do no more",
    [
      kept("aws_iam_role.a", { id: "a", name: "a", arn: "arn:r/a" }),
      kept("aws_iam_role.b", { id: "b", name: "b", arn: "arn:r/b" }),
      kept("aws_iam_role_policy.a", { role: "a", policy: allow("a:B", "a:C") }),
      kept("aws_iam_role_policy.b", { role: "b", policy: allow("a:B") }),
      updated("aws_lambda_function.f", { role: "arn:r/a" }, { role: "arn:r/b" }),
    ],
  ],
  [
    "access-opened",
    "a layer of another account",
    layers(["arn:aws:lambda:r:1:layer:own:1"], ["arn:aws:lambda:r:1:layer:own:1", "arn:aws:lambda:r:2:layer:x:1"]),
    "the next version of a layer",
    layers(["arn:aws:lambda:r:1:layer:own:1"], ["arn:aws:lambda:r:1:layer:own:2"]),
  ],
  oneWay("access-opened", "aws_lambda_function", { code_signing_config_arn: "arn:c" }, { code_signing_config_arn: "" }),
  oneWay("access-opened", "aws_lambda_layer_version_permission", { principal: "123456789012" }, { principal: "*" }),
  [
    "access-opened",
    "any rule that may invoke the function",
    [created("aws_lambda_permission.p", { ...invoke, source_arn: undefined })],
    "one rule, whose ARN is known only after apply",
    [
      created("aws_cloudwatch_event_rule.r", { name: "r" }, { unknown: { arn: true } }),
      created(
        "aws_lambda_permission.p",
        { ...invoke, source_arn: undefined },
        {
          unknown: { source_arn: true },
          expressions: {
            source_arn: { references: ["aws_cloudwatch_event_rule.r.arn", "aws_cloudwatch_event_rule.r"] },
          },
        },
      ),
    ],
  ],

  [
    "access-opened",
    "a principal that is everybody",
    from({}, { principal: "*" }),
    "one that was",
    from({ principal: "*" }, {}),
  ],
  [
    "access-opened",
    "a new permission for another account",
    [created(PERMISSION, { ...values, principal: "999999999999" })],
    "a new one for the API",
    [created(PERMISSION, values)],
  ],
  [
    "access-opened",
    "every method",
    from({}, { source_arn: `${API}/*/*/echo` }),
    "one method",
    from({ source_arn: `${API}/*/*/echo` }, {}),
  ],
  [
    "access-opened",
    "every path",
    from({}, { source_arn: `${API}/*/GET/*` }),
    "another path",
    from({}, { source_arn: `${API}/*/GET/other` }),
  ],
  [
    "access-opened",
    "no source ARN",
    from({}, { source_arn: null }),
    "one where there was none",
    from({ source_arn: null }, {}),
  ],
  [
    "access-opened",
    "another API",
    from({}, { source_arn: "arn:aws:execute-api:us-east-1:1:evil/*/GET/echo" }),
    "one stage of the same",
    from({}, { source_arn: `${API}/v1/GET/echo` }),
  ],
  [
    "access-opened",
    "a new permission for all of an API",
    [created(PERMISSION, { ...values, source_arn: `${API}/*/*` })],
    "a new one for one route with a variable",
    [created(PERMISSION, { ...values, source_arn: `${API}/*/GET/orders/*` })],
  ],
  [
    "access-opened",
    "more than to invoke",
    from({}, { action: "lambda:*" }),
    "just that",
    from({ action: "lambda:*" }, {}),
  ],
  [
    "access-opened",
    "a function URL that appears",
    [created(URL, { function_name: "echo", authorization_type: "AWS_IAM" })],
    "one that was there",
    [kept(URL, { function_name: "echo", authorization_type: "AWS_IAM" })],
  ],
  [
    "access-opened",
    "a function URL that opens",
    [updated(URL, { authorization_type: "AWS_IAM" }, { authorization_type: "NONE" })],
    "one that closes",
    [updated(URL, { authorization_type: "NONE" }, { authorization_type: "AWS_IAM" })],
  ],
  [
    "access-opened",
    "an account that is no longer asked for",
    from({ source_account: "1" }, {}),
    "one that is",
    from({}, { source_account: "1" }),
  ],
  [
    "unknown",
    "a source ARN known only after apply",
    [created(PERMISSION, { ...values, source_arn: undefined }, { unknown: { source_arn: true } })],
    "one that the configuration tells",
    [
      created(
        PERMISSION,
        { ...values, source_arn: undefined },
        {
          unknown: { source_arn: true },
          expressions: {
            source_arn: { constant_value: "${aws_api_gateway_rest_api.api.execution_arn}/*/GET/echo", references: [] },
          },
        },
      ),
    ],
  ],
]);

test("keeps a permission that was too wide before apart", () => {
  const report = review(planOf([kept(PERMISSION, { ...values, source_arn: `${API}/*/*` })]), []);
  expect(report).toMatchObject({ verdict: "safe", dangers: [], standing: [{ attribute: "source_arn" }] });
});

test("sees a wildcard in what the configuration tells of an unknown ARN", () => {
  const wide = created(
    PERMISSION,
    { ...values, source_arn: undefined },
    {
      unknown: { source_arn: true },
      expressions: {
        source_arn: { constant_value: "${aws_api_gateway_rest_api.api.execution_arn}/*/*", references: [] },
      },
    },
  );
  expect(review(planOf([wide]), []).dangers).toMatchObject([{ kind: "access-opened", attribute: "source_arn" }]);
});

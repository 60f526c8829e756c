import { accessLimits } from "../../../review/rules/access-limits";
import { METHOD, methodValues, route } from "../support/api";
import { oneWay, pairs, whenDestroyed } from "../support/pairs";
import { created, kept, updated } from "../support/plan";

const STAGE = "aws_apigatewayv2_stage";
const ACL = "aws_wafv2_web_acl";
const limits = (rate: number | null) => ({
  default_route_settings: [{ throttling_rate_limit: rate, throttling_burst_limit: 100 }],
});
const rule = (name: string, action: string, statement: object = {}) => ({
  name,
  action: [{ [action]: [{}] }],
  statement: [statement],
});
const rate = (limit: number) => rule("rate", "block", { rate_based_statement: [{ limit }] });
const cache = (method_path: string) => [
  ...route({}, {}),
  created("aws_api_gateway_method_settings.m", {
    rest_api_id: "api1",
    method_path,
    settings: [{ caching_enabled: true }],
  }),
];

pairs(accessLimits, [
  oneWay("access-opened", STAGE, limits(50), limits(null)),
  [
    "access-opened",
    "a limit that is as good as none",
    [updated(`${STAGE}.x`, limits(50), limits(5000))],
    "twice the limit",
    [updated(`${STAGE}.x`, limits(50), limits(100))],
  ],
  oneWay("access-opened", "aws_api_gateway_usage_plan", { quota_settings: [{ limit: 9 }] }, { quota_settings: [] }),
  [
    "access-opened",
    "a method without its validator",
    [updated(METHOD, { ...methodValues, request_validator_id: "v" }, { ...methodValues, request_validator_id: "" })],
    "a method with one",
    [updated(METHOD, methodValues, { ...methodValues, request_validator_id: "v" })],
  ],
  oneWay(
    "access-opened",
    "aws_api_gateway_request_validator",
    { validate_request_body: true },
    { validate_request_body: false },
  ),
  [
    "access-opened",
    "a cache for all routes, of which one is protected",
    cache("*/*"),
    "one for a public route",
    [
      ...cache("open/GET"),
      kept("aws_api_gateway_resource.open", { id: "res9", rest_api_id: "api1", parent_id: "root1", path_part: "open" }),
      kept("aws_api_gateway_method.open", { ...methodValues, resource_id: "res9", authorization: "NONE" }),
    ],
  ],
  oneWay(
    "access-opened",
    ACL,
    { default_action: [{ block: [{}], allow: [] }] },
    { default_action: [{ block: [], allow: [{}] }] },
  ),
  oneWay("access-opened", ACL, { rule: [rate(300)] }, { rule: [rate(3000)] }),
  oneWay("access-opened", ACL, { rule: [rule("bots", "block")] }, { rule: [rule("bots", "count")] }),
  oneWay("access-opened", ACL, { rule: [rate(300), rule("bots", "block")] }, { rule: [rate(300)] }),
  oneWay("access-opened", ACL, { rule: [rate(300)] }, { rule: [rate(300), rule("office", "allow")] }),
  [
    "access-opened",
    "another firewall",
    [updated("aws_wafv2_web_acl_association.a", { web_acl_arn: "arn:a" }, { web_acl_arn: "arn:b" })],
    "a new one",
    [created("aws_wafv2_web_acl_association.a", { web_acl_arn: "arn:a" })],
  ],
  whenDestroyed("access-opened", "aws_wafv2_web_acl_association"),
  oneWay(
    "clients-broken",
    ACL,
    { default_action: [{ block: [], allow: [{}] }] },
    { default_action: [{ block: [{}], allow: [] }] },
  ),
]);

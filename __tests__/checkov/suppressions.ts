/** What Checkov finds and this project leaves, with the reason. docs/controls.md has the controls that are met. */

export interface Suppression {
  readonly check: string;
  /** Addresses without the hash of CDKTF; `*` matches anything. One that fits no finding fails the scan. */
  readonly resources: readonly string[];
  readonly reason: string;
}

/** By name, so that the scan fails on another public route until it is listed. */
const publicRoutes = [
  "user_sign-up_POST",
  "user_confirm-sign-up_POST",
  "user_resend-code_POST",
  "user_login_POST",
  "user_login_challenge_POST",
  "user_renew_refresh_token_POST",
  "user_forgot-password_POST",
  "user_confirm-forgot-password_POST",
  "user_logout_POST",
];

const FUNCTIONS = ["aws_lambda_function.functions_*"];
const STAGE = ["aws_api_gateway_stage.api_deployment_stage"];
const LOGS = ["aws_cloudwatch_log_group.*"];

export const suppressions: readonly Suppression[] = [
  {
    check: "CKV_AWS_59",
    resources: publicRoutes.map((route) => `aws_api_gateway_method.api_${route}_method`),
    reason: "public on purpose: its row in routes.ts gives the reason",
  },
  {
    check: "CKV_AWS_309",
    resources: publicRoutes.map((route) => `aws_apigatewayv2_route.api_${route}_route`),
    reason: "public on purpose: its row in routes.ts gives the reason",
  },
  {
    check: "CKV_AWS_115",
    resources: FUNCTIONS,
    reason:
      "reserved concurrency takes from the account's limit, which is 10 in a new account; the API's throttling caps requests",
  },
  {
    check: "CKV_AWS_116",
    resources: FUNCTIONS,
    reason: "a dead-letter queue gets events of asynchronous invocations; API Gateway invokes synchronously",
  },
  {
    check: "CKV_AWS_117",
    resources: FUNCTIONS,
    reason:
      "functions call public endpoints of AWS only; in a VPC they would need a NAT gateway and protect nothing more",
  },
  {
    check: "CKV_AWS_272",
    resources: FUNCTIONS,
    reason: "the plan that was approved holds the hash of each archive, and only the deploy role may change the code",
  },
  {
    check: "CKV_AWS_173",
    resources: FUNCTIONS,
    reason: "environments hold no secret (synth rejects one) and are encrypted with a key of AWS; KMS_KEY_ARN meets it",
  },
  { check: "CKV_AWS_50", resources: FUNCTIONS, reason: "a request is followed by its id, which is in every log" },
  { check: "CKV_AWS_73", resources: STAGE, reason: "a request is followed by its id, which is in every log" },
  {
    check: "CKV_AWS_158",
    resources: LOGS,
    reason: "encrypted with a key of AWS; logs hold no password, token, code or body; KMS_KEY_ARN meets it",
  },
  {
    check: "CKV_AWS_338",
    resources: LOGS,
    reason: "30 days by default, since access logs hold addresses of people; LOG_RETENTION_DAYS=365 meets it",
  },
  {
    check: "CKV2_AWS_77",
    resources: STAGE,
    reason:
      "AWSManagedRulesKnownBadInputsRuleSet blocks Log4j; the check also wants AWSManagedRulesAnonymousIpList, which blocks users of VPNs and every program in a cloud",
  },
  {
    check: "CKV_AWS_119",
    resources: ["aws_dynamodb_table.*"],
    reason: "encrypted with a key of AWS; KMS_KEY_ARN meets it",
  },
  {
    check: "CKV_AWS_28",
    resources: ["aws_dynamodb_table.resources_notes_table"],
    reason: "on with PROTECT_USERS; without it the data may be lost, and backups cost per GB",
  },
  {
    check: "CKV_AWS_120",
    resources: STAGE,
    reason: "responses belong to one user: a cache could give them to another",
  },
  {
    check: "CKV_AWS_225",
    resources: ["aws_api_gateway_method_settings.api_deployment_limits_*"],
    reason: "responses belong to one user: a cache could give them to another",
  },
  {
    check: "CKV2_AWS_51",
    resources: STAGE,
    reason: "a client certificate is for HTTP integrations; functions are invoked with IAM permissions",
  },
  {
    check: "CKV2_AWS_29",
    resources: STAGE,
    reason:
      "web ACLs cost 17 USD a month before the first request; requests are throttled, stricter where guessing pays; WAF=true meets it",
  },
  {
    check: "CKV2_AWS_4",
    resources: STAGE,
    reason: "aws_api_gateway_method_settings sets ERROR for */*; the check does not find it in JSON",
  },
];

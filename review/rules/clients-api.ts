/** Where clients find the API, and what it requires of them as a whole. */
import { isOther, isRemoved, isSwapped, loses, turnsOff, turnsOn } from "../plan/compare";
import type { Plan } from "../plan/plan";
import { asList, asText, isEmpty, own, pick, texts } from "../plan/value";
import { ENDED, type Finding, place, type Rule } from "./rule";
import { anyOf, endedFinding, ends, onChange, onDestroy, onEnd } from "./searches";

const CLIENT = "aws_cognito_user_pool_client";
const POOL = "aws_cognito_user_pool";
const REST_API = "aws_api_gateway_rest_api";
const APIS = [REST_API, "aws_apigatewayv2_api"];
const AUTHORIZERS = ["aws_api_gateway_authorizer", "aws_apigatewayv2_authorizer"];
const STAGES = ["aws_api_gateway_stage", "aws_apigatewayv2_stage"];
const DOMAINS = ["aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name"];
const MAPPINGS = ["aws_api_gateway_base_path_mapping", "aws_apigatewayv2_api_mapping"];

export const clientsApi: readonly Rule[] = [
  {
    kind: "clients-broken",
    severity: "high",
    reason: "The API is destroyed or re-created at another URL: clients of the old URL fail.",
    advice: "Keep the API; give it a custom domain before it has to move.",
    ...onEnd(...APIS),
  },
  {
    kind: "clients-broken",
    reason: "The API becomes private: only callers inside a VPC reach it.",
    advice: "Add a second, private API instead.",
    ...onChange(
      REST_API,
      "endpoint_configuration.types",
      (before, after) => !texts(before).includes("PRIVATE") && texts(after).includes("PRIVATE"),
    ),
  },
  {
    kind: "clients-broken",
    reason: "The default execute-api endpoint is disabled.",
    advice: "Move every client to the custom domain first.",
    ...onChange(APIS, "disable_execute_api_endpoint", turnsOn),
  },
  {
    kind: "clients-broken",
    reason: "The stage's name is part of the URL: the old URL stops working.",
    advice: "Add a stage under the new name, move the clients, then remove the old one.",
    looksAt: { aws_api_gateway_stage: ["stage_name", ENDED], aws_apigatewayv2_stage: ["name", ENDED] },
    find: stages,
  },
  {
    kind: "clients-broken",
    reason: "A domain, or its mapping to the API, is destroyed or re-created.",
    advice: "Point the domain at its new target before removing the old one.",
    ...onEnd(...DOMAINS, ...MAPPINGS, "aws_cognito_user_pool_domain"),
  },
  {
    kind: "clients-broken",
    reason: "The domain leads to another API or stage, or under another path.",
    advice: "Map the new target under a path of its own first, and move the clients.",
    ...onChange(
      MAPPINGS,
      ["api_id", "rest_api_id", "stage", "stage_name", "base_path", "api_mapping_key"],
      isDifferent,
    ),
  },
  {
    kind: "clients-broken",
    reason: "Clients without a certificate that the domain trusts are turned away.",
    advice: "Hand out certificates first, and keep the old ones in the trust store.",
    ...anyOf(
      onChange(DOMAINS, "mutual_tls_authentication", (before, after) => isEmpty(before) && !isEmpty(after)),
      onChange(
        DOMAINS,
        ["mutual_tls_authentication.truststore_uri", "mutual_tls_authentication.truststore_version"],
        isSwapped,
      ),
    ),
  },
  {
    kind: "clients-broken",
    reason: "A DNS record is destroyed or points elsewhere: clients reach another server, or none.",
    advice: "Let both targets serve until the old record's time to live is over.",
    ...anyOf(
      onDestroy("aws_route53_record", "aws_route53_zone"),
      onChange(
        "aws_route53_record",
        ["records", "alias.name", "alias.zone_id", "type", "name", "zone_id"],
        isDifferent,
      ),
    ),
  },
  {
    kind: "clients-broken",
    reason: "The distribution in front is disabled, destroyed, or no longer serves one of its names.",
    advice: "Move the clients to another address first.",
    ...anyOf(
      onEnd("aws_cloudfront_distribution"),
      onChange("aws_cloudfront_distribution", "enabled", turnsOff),
      onChange("aws_cloudfront_distribution", "aliases", loses),
    ),
  },
  {
    kind: "clients-broken",
    reason: "The certificate is destroyed: the domains that use it fail, or the apply stops at it.",
    advice: "Give the domains another certificate first.",
    ...onDestroy("aws_acm_certificate", "aws_iam_server_certificate"),
  },
  {
    kind: "clients-broken",
    reason: "The function gets events of another version, with other keys: code for the old one fails.",
    advice: "Change the function first, so that it reads both versions.",
    ...onChange("aws_apigatewayv2_integration", "payload_format_version", isSwapped),
  },
  {
    kind: "clients-broken",
    reason: "API keys are read from another place: clients that send them in the old one get 403.",
    advice: "Keep api_key_source, or let clients send both before the change.",
    ...onChange("aws_api_gateway_rest_api", "api_key_source", isSwapped),
  },
  {
    kind: "clients-broken",
    severity: "low",
    reason: "Errors of the gateway have another status: clients that act on it do something else.",
    advice: "Keep the status; on DEFAULT_4XX and DEFAULT_5XX set none, since it replaces every other.",
    ...onChange("aws_api_gateway_gateway_response", "status_code", isOther),
  },
  {
    kind: "clients-broken",
    reason: "The token is read from another place: clients that send it in the old header get 401.",
    advice: "Keep the identity source, or let clients send both headers before the change.",
    ...onChange(AUTHORIZERS, ["identity_source", "identity_sources"], isOther),
  },
  {
    kind: "clients-broken",
    reason: "Tokens that are valid today will be rejected.",
    advice: "Keep the old pool, client or issuer until its tokens have expired.",
    ...anyOf(
      onChange(AUTHORIZERS, ["provider_arns", "jwt_configuration.audience"], loses),
      onChange(AUTHORIZERS, "jwt_configuration.issuer", isOther),
      onChange(
        AUTHORIZERS,
        "identity_validation_expression",
        (before, after) => asText(after) !== undefined && before !== after,
      ),
    ),
  },
  {
    kind: "clients-broken",
    reason: "The client drops a sign-in flow, scope, URL or identity provider that apps may use.",
    advice: "Add the new one first; remove the old one when it is unused.",
    ...anyOf(
      onChange(
        CLIENT,
        [
          "explicit_auth_flows",
          "allowed_oauth_flows",
          "allowed_oauth_scopes",
          "callback_urls",
          "logout_urls",
          "supported_identity_providers",
        ],
        (before, after) => !isEmpty(before) && loses(before, after),
      ),
      onChange(CLIENT, "allowed_oauth_flows_user_pool_client", turnsOff),
      onChange(CLIENT, "default_redirect_uri", isOther),
    ),
  },
  {
    kind: "clients-broken",
    severity: "low",
    reason: "Apps may read or write fewer of a user's attributes.",
    advice: "Change the apps and functions that use them first.",
    ...onChange(
      CLIENT,
      ["read_attributes", "write_attributes"],
      (before, after) => !isEmpty(after) && (isEmpty(before) || loses(before, after)),
    ),
  },
  {
    kind: "clients-broken",
    reason: "Users can no longer sign up; only administrators create accounts.",
    advice: "Remove the sign-up page first.",
    ...onChange(POOL, "admin_create_user_config.allow_admin_create_user_only", turnsOn),
  },
  {
    kind: "clients-broken",
    reason: "A way to recover an account goes: users who rely on it are locked out.",
    advice: "Keep at least the way that most users have verified.",
    ...onChange(POOL, "account_recovery_setting.recovery_mechanism", (before, after) =>
      loses(names(before), names(after)),
    ),
  },
  {
    kind: "clients-broken",
    reason: "Users must have a second factor: those without one cannot sign in until they set it up.",
    advice: "Let the apps offer the set-up (OPTIONAL) first.",
    ...onChange(POOL, "mfa_configuration", (before, after) => before !== "ON" && !isEmpty(before) && after === "ON"),
  },
  {
    kind: "clients-broken",
    reason:
      "A resource server or identity provider of the pool is destroyed or replaced: its scopes or users stop working.",
    advice: "Keep it until it is unused.",
    ...onEnd("aws_cognito_resource_server", "aws_cognito_identity_provider"),
  },
  {
    kind: "clients-broken",
    reason: "A scope of the resource server goes: clients cannot get it, and routes that require it reject everybody.",
    advice: "Keep the scope until no client and no route uses it.",
    ...onChange("aws_cognito_resource_server", "scope", (before, after) => loses(scopes(before), scopes(after))),
  },
  {
    kind: "clients-broken",
    severity: "low",
    reason: "The identity provider no longer sets an attribute that apps or functions may use.",
    advice: "Keep the mapping until nothing reads the attribute.",
    ...onChange("aws_cognito_identity_provider", "attribute_mapping", (before, after) =>
      loses(keys(before), keys(after)),
    ),
  },
];

function isDifferent(before: unknown, after: unknown): boolean {
  return isSwapped(before, after) || isRemoved(before, after);
}
const names = (list: unknown): unknown[] => asList(list).map((item) => own(item, "name"));
const scopes = (list: unknown): unknown[] => asList(list).map((item) => own(item, "scope_name"));
const keys = (value: unknown): string[] => Object.keys(typeof value === "object" && value !== null ? value : {});

/** Without the stages of an API that ends, which is reported itself. */
function stages(plan: Plan): Finding[] {
  const apiEnds = plan.ofType(...APIS).some(ends);
  return plan.ofType(...STAGES).flatMap((change) => {
    const attribute = change.type === "aws_apigatewayv2_stage" ? "name" : "stage_name";
    if (change.verb === "destroy") return apiEnds ? [] : [endedFinding(change)];
    if (!change.before || !change.after) return [];
    return pick(change.before, attribute) === pick(change.after, attribute) ? [] : [place(change, attribute)];
  });
}

/** What keeps requests away from the functions: limits, keys, validators, caches and the web application firewall. */
import { apiOf, routes } from "../api/served-routes";
import { isRemoved, isSwapped, turnsOff, turnsOn } from "../plan/compare";
import type { Change, Plan } from "../plan/plan";
import { asList, isEmpty, own, pick, same } from "../plan/value";
import { type Finding, looks, place, type Rule } from "./rule";
import { anyOf, onChange, onDestroy } from "./searches";

const SETTINGS = "aws_api_gateway_method_settings";
const HTTP_STAGE = "aws_apigatewayv2_stage";
const PLAN = "aws_api_gateway_usage_plan";
const METHOD = "aws_api_gateway_method";
const VALIDATOR = "aws_api_gateway_request_validator";
const ACL = "aws_wafv2_web_acl";
const ASSOCIATION = "aws_wafv2_web_acl_association";

export const accessLimits: readonly Rule[] = [
  {
    kind: "access-opened",
    reason:
      "Requests are no longer limited: one caller can use up the account's limit, guess passwords, or run up the bill.",
    advice: "Keep a rate and a burst, strict ones on sign-in.",
    ...anyOf(
      onChange(SETTINGS, ["settings.throttling_rate_limit", "settings.throttling_burst_limit"], isUnlimited),
      onChange(
        HTTP_STAGE,
        ["default_route_settings.throttling_rate_limit", "default_route_settings.throttling_burst_limit"],
        isUnlimited,
      ),
      onChange(HTTP_STAGE, "route_settings", losesLimit),
      onChange(PLAN, ["throttle_settings", "quota_settings"], isRemoved),
      onChange(
        PLAN,
        ["throttle_settings.rate_limit", "throttle_settings.burst_limit", "quota_settings.limit"],
        (before, after) => isManifold(before, after),
      ),
    ),
  },
  {
    kind: "access-opened",
    reason: "Requests are no longer checked before they reach the function.",
    advice: "Keep the validator, and the model of the body.",
    ...anyOf(
      onChange(METHOD, ["request_validator_id", "request_models"], isRemoved),
      onChange(VALIDATOR, ["validate_request_body", "validate_request_parameters"], turnsOff),
      onChange("aws_apigatewayv2_route", ["request_models", "model_selection_expression"], isRemoved),
    ),
  },
  {
    kind: "access-opened",
    reason: "Responses of protected routes are cached: one caller may get what was made for another.",
    advice: "Cache public routes only, each by its own method settings.",
    looksAt: looks([SETTINGS], "settings", "method_path"),
    find: cachedRoutes,
  },
  {
    kind: "access-opened",
    reason: "The firewall lets more requests through.",
    advice: "Keep the default action, and every rule that blocks or limits.",
    ...anyOf(
      onChange(ACL, "default_action.block", isRemoved),
      onChange(ACL, "rule", (before, after) => weakerRules(before, after).length > 0),
      onChange("aws_wafv2_rule_group", "rule", (before, after) => weakerRules(before, after).length > 0),
      onDestroy(ACL),
    ),
  },
  {
    kind: "access-opened",
    reason: "The API or pool is behind another firewall, or none.",
    advice: "Change the rules of the firewall in place instead.",
    ...anyOf(
      onDestroy(ASSOCIATION),
      onChange(ASSOCIATION, ["web_acl_arn", "resource_arn"], isSwapped),
      onChange(
        "aws_cloudfront_distribution",
        "web_acl_id",
        (before, after) => !isEmpty(before) && !same(before, after),
      ),
    ),
  },
  {
    kind: "clients-broken",
    reason: "The firewall blocks everything that no rule allows.",
    advice: "Count first (a rule with the action count), then block.",
    ...onChange(ACL, "default_action.allow", isRemoved),
  },
];

/** Not set, or `-1`. */
const limit = (value: unknown): number =>
  isEmpty(value) || Number(value) < 0 ? Number.POSITIVE_INFINITY : Number(value);
function isUnlimited(before: unknown, after: unknown): boolean {
  return (
    (limit(before) > 0 && limit(before) < Number.POSITIVE_INFINITY && limit(after) === Number.POSITIVE_INFINITY) ||
    isManifold(before, after)
  );
}
/** Ten times as much: no adjustment, but as good as none. */
function isManifold(before: unknown, after: unknown): boolean {
  return Number(before) > 0 && Number(after) >= 10 * Number(before);
}

function losesLimit(before: unknown, after: unknown): boolean {
  const now = new Map(asList(after).map((item) => [own(item, "route_key"), item]));
  return asList(before).some((item) => {
    const left = now.get(own(item, "route_key"));
    return ["throttling_rate_limit", "throttling_burst_limit"].some((name) =>
      isUnlimited(own(item, name), own(left, name)),
    );
  });
}

/** The method path of every route holds a star for each; another one is that of one route. */
function cachedRoutes(plan: Plan): Finding[] {
  return plan.ofType(SETTINGS).flatMap((change) => {
    if (change.verb === "keep" || !change.after) return [];
    const attribute = "settings.caching_enabled";
    if (!turnsOn(pick(change.before, attribute), pick(change.after, attribute))) return [];
    return protectedRoute(plan, change) ? [place(change, attribute)] : [];
  });
}

function protectedRoute(plan: Plan, change: Change): boolean {
  const [, path = "*", method = "*"] = /^(.*)\/([^/]+)$/.exec(String(own(change.after, "method_path"))) ?? [];
  const name = path === "*" ? undefined : `${method} /${path.replaceAll("~1", "/").replace(/^\//, "")}`;
  const api = apiOf(plan, change, "after");
  const ofApi = [...routes(plan, "after").values()].filter((route) => route.api === api);
  // routes in another state may be protected ones
  if (ofApi.length === 0) return true;
  return ofApi.some((route) => route.authorization !== "NONE" && (name === undefined || route.name === name));
}

/** A rule that went, no longer blocks, matches something else, or limits to more; or a new one that lets something through. */
function weakerRules(before: unknown, after: unknown): unknown[] {
  const [old, now] = [asList(before), asList(after)];
  const named = (list: readonly unknown[], rule: unknown) =>
    list.find((other) => own(other, "name") === own(rule, "name"));
  const weaker = old.filter((rule) => {
    const left = named(now, rule);
    if (!left) return !allows(rule);
    if (allows(rule)) return !allows(left) ? false : !same(own(rule, "statement"), own(left, "statement"));
    if (blocks(rule) && !blocks(left)) return true;
    const [from, to] = [rateLimit(rule), rateLimit(left)];
    if (from !== undefined && to !== undefined) return to > from;
    return !same(own(rule, "statement"), own(left, "statement"));
  });
  return [...weaker, ...now.filter((rule) => allows(rule) && !named(old, rule))];
}

const allows = (rule: unknown) => !isEmpty(pick(rule, "action.allow"));
/** A group of rules blocks unless its actions are overridden by count. */
const blocks = (rule: unknown) =>
  !isEmpty(pick(rule, "action.block")) ||
  !isEmpty(pick(rule, "action.captcha")) ||
  !isEmpty(pick(rule, "action.challenge")) ||
  !isEmpty(pick(rule, "override_action.none"));
const rateLimit = (rule: unknown): number | undefined => {
  const value = pick(rule, "statement.rate_based_statement.limit");
  return typeof value === "number" ? value : undefined;
};

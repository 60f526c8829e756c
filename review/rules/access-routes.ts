/** Routes that more callers may use than before. */
import { authorizerOf, sameAuthorizer } from "../api/authorizers";
import { fallback } from "../api/fallback";
import { hidesPaths } from "../api/paths";
import { type Route, routes } from "../api/served-routes";
import type { Plan } from "../plan/plan";
import { isEmpty, own } from "../plan/value";
import { CREATED, ENDED, type Finding, looks, place, type Rule, unknownFinding } from "./rule";

const REVIEW = "Make it private again, or confirm that it is meant to be public.";
const METHOD = "aws_api_gateway_method";
const ROUTE = "aws_apigatewayv2_route";
const HTTP_API = "aws_apigatewayv2_api";

export const accessRoutes: readonly Rule[] = [
  {
    kind: "access-opened",
    severity: "high",
    reason: "The route becomes public: it has no authorizer.",
    advice: REVIEW,
    looksAt: {
      [METHOD]: ["authorization", "authorizer_id", "http_method", "resource_id", "rest_api_id", CREATED, ENDED],
      [ROUTE]: ["authorization_type", "authorizer_id", "route_key", "api_id", CREATED, ENDED],
      aws_api_gateway_resource: ["path_part", "parent_id", "rest_api_id", "path", CREATED, ENDED],
    },
    find: pairs((before, after) => isOpen(after) && !isOpen(before), authorizationFinding),
  },
  {
    kind: "access-opened",
    reason: "The route loses its authorizer: the pool's tokens no longer decide who gets access.",
    advice: "Keep the authorizer, or confirm what decides instead.",
    find: pairs(
      (before, after) =>
        isProtected(after) &&
        after.authorization !== "AWS_IAM" &&
        before.authorizer !== undefined &&
        after.authorizer === undefined,
      authorizationFinding,
    ),
  },
  {
    kind: "access-opened",
    severity: "high",
    reason: "Another authorizer decides who may call the route: other tokens get access.",
    advice: "Keep the authorizer, or confirm whose tokens the other one accepts.",
    find: swappedAuthorizers,
  },
  {
    kind: "access-opened",
    severity: "high",
    reason: "The route is new and public.",
    advice: REVIEW,
    find: (plan) => {
      const before = routes(plan, "before");
      return [...routes(plan, "after")]
        .filter(([key, route]) => !before.has(key) && isOpen(route))
        .map(([, route]) =>
          place(route.change, attribute(route), { before: "no such route", after: route.authorization }),
        );
    },
  },
  {
    kind: "access-opened",
    severity: "high",
    reason: "The API is created with a public default route (quick create): every request reaches the target.",
    advice: "Leave `target` out, and add routes with an authorizer.",
    looksAt: looks([HTTP_API], "target", "route_key", "protocol_type"),
    find: (plan) =>
      plan
        .ofType(HTTP_API)
        .filter((change) => change.verb !== "keep" && hasTarget(change.after, change.unknown))
        .filter((change) => !hasTarget(change.before, undefined))
        .map((change) =>
          place(change, "target", { before: "no such route", after: own(change.after, "route_key") ?? "$default" }),
        ),
  },
  {
    kind: "access-opened",
    severity: "high",
    reason: "The route is removed, and its requests reach a public route instead.",
    advice: "Narrow the public route first, or keep a method that needs a token on this path.",
    find: (plan) =>
      [...routes(plan, "before")].flatMap(([key, route]) => {
        if (routes(plan, "after").has(key) || isOpen(route) || route.preflight || route.change.verb === "forget")
          return [];
        const instead = fallback(plan, route);
        return instead && isOpen(instead)
          ? [
              place(route.change, attribute(route), {
                before: route.authorization,
                after: hidesPaths(plan) ? "NONE" : `NONE, by ${instead.name}`,
              }),
            ]
          : [];
      }),
  },
  {
    kind: "access-opened",
    reason: "The route is public.",
    advice: REVIEW,
    find: pairs(
      (before, after) => isOpen(after) && isOpen(before),
      (_, after) => place(after.change, attribute(after), { standing: true }),
    ),
  },
  {
    kind: "access-opened",
    reason: "The route no longer requires a scope: every token of the pool gets access.",
    advice: "Keep at least one scope on the route.",
    looksAt: looks([METHOD, ROUTE], "authorization_scopes"),
    find: pairs(
      (before, after) => before.scopes.length > 0 && after.scopes.length === 0 && isProtected(after),
      scopesFinding,
    ),
  },
  {
    kind: "access-opened",
    reason: "The route accepts tokens with other scopes.",
    advice: "Keep to the scopes that the route is for: one of them is enough to get access.",
    find: pairs(
      (before, after) => before.scopes.length > 0 && after.scopes.some((scope) => !before.scopes.includes(scope)),
      scopesFinding,
    ),
  },
  {
    kind: "access-opened",
    reason: "The route no longer requires an API key.",
    advice: "Keep api_key_required, or confirm what limits callers instead.",
    looksAt: looks([METHOD, ROUTE], "api_key_required"),
    find: pairs(
      (before, after) => before.apiKey && !after.apiKey,
      (_, after) => place(after.change, "api_key_required"),
    ),
  },
  {
    kind: "access-opened",
    reason: "Who may call the route is known only after apply.",
    advice: "Set the authorization to a value that is known at plan time.",
    find: (plan) =>
      [...routes(plan, "after").values()]
        .filter((route) => route.authorization === undefined)
        .map((route) => unknownFinding(route.change, attribute(route))),
  },
];

/** A frame of a WebSocket API is let in by its connection: `$connect` decides. */
const isOpen = (route: Route) =>
  route.authorization === "NONE" && !route.preflight && (!route.webSocket || route.name === "$connect");
/** A public route is reported as public; a missing scope adds nothing to that. */
const isProtected = (route: Route) => route.authorization !== "NONE" && route.authorization !== undefined;
const attribute = ({ change }: Pick<Route, "change">) =>
  change.type === ROUTE ? "authorization_type" : "authorization";
const hasTarget = (values: unknown, unknown: unknown) =>
  !isEmpty(own(values, "target")) || own(unknown, "target") === true;

function authorizationFinding(before: Route, after: Route): Finding {
  return place(after.change, attribute(after), { before: before.authorization, after: after.authorization });
}

function scopesFinding(before: Route, after: Route): Finding {
  return place(after.change, "authorization_scopes", { before: before.scopes, after: after.scopes });
}

function swappedAuthorizers(plan: Plan): Finding[] {
  return pairs(
    (before, after) =>
      isProtected(before) &&
      isProtected(after) &&
      before.authorizer !== undefined &&
      after.authorizer !== undefined &&
      after.change.verb !== "keep" &&
      !sameAuthorizer(plan, before, after),
    (before, after) =>
      place(after.change, "authorizer_id", {
        before: `${before.authorization} ${authorizerOf(plan, before, "before")?.address ?? before.authorizer}`,
        after: `${after.authorization} ${authorizerOf(plan, after, "after")?.address ?? after.authorizer}`,
      }),
  )(plan);
}

/** The routes that exist before and after, by API, method and path. */
function pairs(differs: (before: Route, after: Route) => boolean, show: (before: Route, after: Route) => Finding) {
  return (plan: Plan): Finding[] => {
    const after = routes(plan, "after");
    return [...routes(plan, "before")].flatMap(([key, route]) => {
      const now = after.get(key);
      return now && differs(route, now) ? [show(route, now)] : [];
    });
  };
}

/** Routes that more callers may use than before. */
import { type Route, routes } from "../api/served-routes";
import type { Plan } from "../plan/plan";
import { type Danger, type Finding, place, unknownFinding } from "./danger";

const REVIEW = "Make it private again, or confirm that it is meant to be public.";

export const accessRoutes: readonly Danger[] = [
  {
    kind: "access-opened",
    reason: "The route becomes public: it has no authorizer.",
    advice: REVIEW,
    find: pairs((before, after) => isOpen(after) && !isOpen(before), authorizationFinding),
  },
  {
    kind: "access-opened",
    reason: "The route loses its authorizer: the pool's tokens no longer decide who gets access.",
    advice: "Keep the authorizer, or confirm what decides instead.",
    find: pairs(
      (before, after) =>
        !isOpen(after) &&
        before.authorizer !== undefined &&
        after.authorizer === undefined &&
        after.authorization !== undefined,
      authorizationFinding,
    ),
  },
  {
    kind: "access-opened",
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
    find: pairs(
      (before, after) => before.scopes.length > 0 && after.scopes.length === 0 && isProtected(after),
      scopesFinding,
    ),
  },
  {
    kind: "access-opened",
    reason: "The route accepts another scope: any one of the scopes is enough.",
    advice: "Check who gets that scope.",
    find: pairs(
      (before, after) => before.scopes.length > 0 && after.scopes.some((scope) => !before.scopes.includes(scope)),
      scopesFinding,
    ),
  },
  {
    kind: "access-opened",
    reason: "The route no longer requires an API key.",
    advice: "Keep api_key_required, or confirm what limits callers instead.",
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

const isOpen = (route: Route) => route.authorization === "NONE" && !route.preflight;
/** A public route is reported as public; a missing scope adds nothing to that. */
const isProtected = (route: Route) => route.authorization !== "NONE" && route.authorization !== undefined;
const attribute = ({ change }: Pick<Route, "change">) =>
  change.type === "aws_apigatewayv2_route" ? "authorization_type" : "authorization";

function authorizationFinding(before: Route, after: Route): Finding {
  return place(after.change, attribute(after), { before: before.authorization, after: after.authorization });
}

function scopesFinding(before: Route, after: Route): Finding {
  return place(after.change, "authorization_scopes", { before: before.scopes, after: after.scopes });
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

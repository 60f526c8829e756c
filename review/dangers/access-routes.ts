/** Routes that answer to more people than before. */
import { type Route, routes } from "../api/served-routes";
import type { Plan } from "../plan/plan";
import { type Danger, type Finding, place, unseen } from "./danger";

const REVIEW = "Make it private again, or have somebody confirm in the review that everybody may call it.";

export const accessRoutes: readonly Danger[] = [
  {
    kind: "access-opened",
    reason: "The route lets everybody through: it has no authorizer any more.",
    advice: REVIEW,
    find: pairs((before, after) => isOpen(after) && !isOpen(before), shownAuthorization),
  },
  {
    kind: "access-opened",
    reason: "The route loses its authorizer: the pool's tokens no longer decide who gets through.",
    advice: "Keep the authorizer, or say in the review what decides instead.",
    find: pairs(
      (before, after) =>
        !isOpen(after) &&
        before.authorizer !== undefined &&
        after.authorizer === undefined &&
        after.authorization !== undefined,
      shownAuthorization,
    ),
  },
  {
    kind: "access-opened",
    reason: "The route is new and public: everybody can call it.",
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
    reason: "The route asks for no scope any more: every token of the pool gets through.",
    advice: "Keep at least one scope on the route.",
    find: pairs(
      (before, after) => before.scopes.length > 0 && after.scopes.length === 0 && isJudged(after),
      shownScopes,
    ),
  },
  {
    kind: "access-opened",
    reason: "One of the scopes is enough: a token that has only the added one gets through now.",
    advice: "Check who is given that scope.",
    find: pairs(
      (before, after) => before.scopes.length > 0 && after.scopes.some((scope) => !before.scopes.includes(scope)),
      shownScopes,
    ),
  },
  {
    kind: "access-opened",
    reason: "The route asks for no API key any more.",
    advice: "Keep api_key_required, or say in the review what limits callers instead.",
    find: pairs(
      (before, after) => before.apiKey && !after.apiKey,
      (_, after) => place(after.change, "api_key_required"),
    ),
  },
  {
    kind: "access-opened",
    reason: "Who may call the route is known only after apply.",
    advice: "Write the authorization down where the plan can show it.",
    find: (plan) =>
      [...routes(plan, "after").values()]
        .filter((route) => route.authorization === undefined)
        .map((route) => unseen(route.change, attribute(route))),
  },
];

const isOpen = (route: Route) => route.authorization === "NONE" && !route.preflight;
/** Without scopes a route is only open in their way when nothing worse was said of it. */
const isJudged = (route: Route) => route.authorization !== "NONE" && route.authorization !== undefined;
const attribute = ({ change }: Pick<Route, "change">) =>
  change.type === "aws_apigatewayv2_route" ? "authorization_type" : "authorization";

function shownAuthorization(before: Route, after: Route): Finding {
  return place(after.change, attribute(after), { before: before.authorization, after: after.authorization });
}

function shownScopes(before: Route, after: Route): Finding {
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

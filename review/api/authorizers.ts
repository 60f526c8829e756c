/** Which authorizer decides about a route, and whether another one decides alike. */
import type { Change, Plan } from "../plan/plan";
import { predecessor } from "../plan/renamed";
import { type Side, target } from "../plan/resolve";
import { isEmpty, own, pick, same } from "../plan/value";
import type { Route } from "./served-routes";

const types = ["aws_api_gateway_authorizer", "aws_apigatewayv2_authorizer"];

export const authorizerOf = (plan: Plan, route: Route, side: Side): Change | undefined =>
  target(plan, route.change, "authorizer_id", types, side);

/** What an authorizer decides by; where the token stands is a question of clients. */
const deciding = [
  "type",
  "authorizer_type",
  "provider_arns",
  "jwt_configuration",
  "authorizer_uri",
  "rest_api_id",
  "api_id",
];

/** The same resource, or another one that accepts the same tokens. */
export function sameAuthorizer(plan: Plan, before: Route, after: Route): boolean {
  if (before.authorizer === after.authorizer && before.authorization === after.authorization) return true;
  const [from, to] = [authorizerOf(plan, before, "before"), authorizerOf(plan, after, "after")];
  if (!from || !to) return false;
  if (from === to || predecessor(plan, to) === from) return before.authorization === after.authorization;
  return deciding.every((attribute) => {
    const [old, now] = [own(from.before, attribute), pick(to.after, attribute)];
    // known only after apply: it comes from what the plan makes
    return same(old, now) || (isEmpty(now) && own(to.unknown, attribute) === true && attribute.endsWith("api_id"));
  });
}

/** The path of a resource of a REST API, from the tree of path parts: the computed `path` is stale when a parent changes. */
import { perPlan } from "../plan/per-plan";
import type { Change, Plan } from "../plan/plan";
import { type Side, target } from "../plan/resolve";
import { asText, hasMarkAt, pick } from "../plan/value";

const RESOURCE = "aws_api_gateway_resource";
const REST_API = "aws_api_gateway_rest_api";
/** API Gateway itself allows fewer; a plan that goes in a circle ends here. */
const MAX_SEGMENTS = 50;

/**
 * @param attribute `resource_id` of a method, `parent_id` of a resource
 * @returns such as `/user/login`; undefined when the plan does not tell
 */
export function pathOf(plan: Plan, change: Change, attribute: string, side: Side): string | undefined {
  const segments: string[] = [];
  let at: Change = change;
  let by = attribute;
  while (segments.length < MAX_SEGMENTS) {
    const parent = target(plan, at, by, [RESOURCE], side);
    if (!parent) {
      if (isRoot(plan, at, by, side)) return `/${segments.join("/")}`;
      const known = at === change ? undefined : asText(pick(at[side], "path"));
      return known && [known, ...segments.slice(1)].join("/");
    }
    const part = asText(pick(parent[side], "path_part"));
    if (part === undefined) return undefined;
    segments.unshift(part);
    [at, by] = [parent, "parent_id"];
  }
  return undefined;
}

/** A path of which a part is marked sensitive is compared, and never shown. */
export const hidesPaths = perPlan((plan) =>
  plan
    .ofType(RESOURCE)
    .some(({ beforeSensitive, afterSensitive }) =>
      [beforeSensitive, afterSensitive].some((marks) => hasMarkAt(marks, "path_part") || hasMarkAt(marks, "path")),
    ),
);

/** The root's id is an attribute of the API, and what refers to it refers to the API. */
function isRoot(plan: Plan, change: Change, attribute: string, side: Side): boolean {
  const id = asText(pick(change[side], attribute));
  if (id === undefined) return target(plan, change, attribute, [REST_API], side) !== undefined;
  return plan
    .ofType(REST_API)
    .some((api) => [api.before, api.after].some((values) => values?.["root_resource_id"] === id));
}

/** The name that people use for a resource: the route, the function, the group. */

import { hidesPaths, pathOf } from "./api/paths";
import { methodName } from "./api/served-routes";
import type { Change, Plan } from "./plan/plan";
import { asText, hasMarkAt, own } from "./plan/value";

const RESOURCE = "aws_api_gateway_resource";
const ofMethod = new Set([
  "aws_api_gateway_method",
  "aws_api_gateway_integration",
  "aws_api_gateway_method_response",
  "aws_api_gateway_integration_response",
]);

/** In this order: the more telling one first. */
const names = [
  "route_key",
  "function_name",
  "stage_name",
  "response_type",
  "alarm_name",
  "name",
  "identifier",
  "bucket",
];

/** @returns undefined when the plan has no better name than the address, or marks it as sensitive */
export function friendlyName(plan: Plan, change: Change): string | undefined {
  // users know the earlier name
  const side = change.before ? "before" : "after";
  const values = change[side];
  const marks = side === "before" ? change.beforeSensitive : change.afterSensitive;
  const shown = (attribute: string) => {
    const text = asText(own(values, attribute));
    return text === undefined || hasMarkAt(marks, attribute) ? undefined : text;
  };
  const hasPath = ofMethod.has(change.type);
  if ((hasPath || change.type === RESOURCE) && hidesPaths(plan)) return undefined;
  if (hasPath) return shown("http_method") && methodName(plan, change, side);
  if (change.type === RESOURCE) {
    const [parent, part] = [pathOf(plan, change, "parent_id", side), shown("path_part")];
    return parent && part && `${parent === "/" ? "" : parent}/${part}`;
  }
  if (change.type === "aws_api_gateway_method_settings") {
    return shown("method_path")
      ?.replace(/^(.*)\/([^/]+)$/, "$2 $1")
      .replaceAll("~1", "/");
  }
  if (change.type === "aws_lambda_permission") {
    const route = /execute-api[^/]*\/[^/]*\/([^/]+)(\/.*)?$/.exec(shown("source_arn") ?? "");
    const name = shown("function_name");
    return route ? `${route[1]} ${route[2] ?? "/"}${name ? ` -> ${name}` : ""}` : name;
  }
  for (const attribute of names) {
    const name = shown(attribute);
    if (name !== undefined) return name;
  }
  return undefined;
}

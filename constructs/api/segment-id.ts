/** Ids of path segments, and the moves from those of earlier versions. */
import { TerraformResource, TerraformStack } from "cdktf";
import { makeUniqueId } from "cdktf/lib/private/unique";
import type { Construct } from "constructs";
import { type Route, segments } from "./route";

/**
 * The sign keeps a segment called "resource" or "POST" apart from the path's own resources. A variable has one id whatever its
 * name: API Gateway allows one variable per parent, so that a renamed one must be updated in place.
 */
export const segmentId = (segment: string): string => `@${segment.startsWith("{") ? "{variable}" : segment}`;

/** Moves resources below a variable from the addresses that held its name: `api_orders_id_resource`. */
export function moveFromNamedVariables(scope: Construct, routes: readonly Route[]): void {
  const named = new Map<string, string>();
  for (const route of routes) {
    const all = segments(route.path);
    for (const [index, segment] of all.entries()) {
      named.set(
        all
          .slice(0, index + 1)
          .map(segmentId)
          .join("/"),
        `@${segment}`,
      );
    }
  }
  for (const resource of scope.node.findAll().filter(TerraformResource.isTerraformResource)) {
    const ids = resource.node.scopes
      .map(({ node }) => node.id)
      .slice(resource.node.scopes.indexOf(TerraformStack.of(resource)) + 1);
    if (!ids.includes("@{variable}")) continue;
    const first = ids.findIndex((id) => id.startsWith("@"));
    const before = ids.map((id, index) => named.get(ids.slice(first, index + 1).join("/")) ?? id);
    resource.moveFromId(`${resource.terraformResourceType}.${makeUniqueId(before)}`);
  }
}

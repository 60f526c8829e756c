/** Construct ids of path segments, and moves from the ids of earlier versions. */
import { TerraformResource, TerraformStack } from "cdktf";
import { makeUniqueId } from "cdktf/lib/private/unique";
import type { Construct } from "constructs";
import { type Route, segments } from "./route";

/**
 * The "@" keeps a segment called "resource" or "POST" apart from the path's own constructs. All variables have the same id: API
 * Gateway allows one per parent, so a renamed variable must be an update in place.
 */
export const segmentId = (segment: string): string => `@${segment.startsWith("{") ? "{variable}" : segment}`;

/** Adds `moved` blocks for addresses that contained the name of a variable: `api_orders_id_resource`. */
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

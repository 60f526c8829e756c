import { Construct } from "constructs";
import { type Route, segments } from "./route";
import { segmentId } from "./segment-id";

/** A scope for what belongs to one route, one level a segment: ids that cannot meet, and addresses that can be read. */
export const routeScope = (scope: Construct, route: Route): Construct =>
  [...segments(route.path), route.method].reduce<Construct>((parent, segment) => {
    const id = segmentId(segment);
    return (parent.node.tryFindChild(id) as Construct | undefined) ?? new Construct(parent, id);
  }, scope);

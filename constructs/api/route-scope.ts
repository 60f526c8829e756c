import { Construct } from "constructs";
import { type Route, segments } from "./route";
import { segmentId } from "./segment-id";

/** The scope of one route's constructs, one level per path segment: ids cannot collide, and addresses stay readable. */
export const routeScope = (scope: Construct, route: Route): Construct =>
  [...segments(route.path), route.method].reduce<Construct>((parent, segment) => {
    const id = segmentId(segment);
    return (parent.node.tryFindChild(id) as Construct | undefined) ?? new Construct(parent, id);
  }, scope);

import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { Construct } from "constructs";
import { MAX_ROUTE_TIMEOUT_SECONDS, type NodeFunction } from "../function/node-function";
import { type Route, routeName } from "./route";

export interface InvokePermissionProps {
  /** ARN of the API that may invoke the function, without stage, method and path. */
  readonly executionArn: string;
  readonly route: Route;
  readonly function: NodeFunction;
}

/** Lets an API invoke a function for one method and path, in any stage: the console's test feature is a stage of its own. */
export function invokePermission(scope: Construct, { executionArn, route, ...props }: InvokePermissionProps) {
  return new LambdaPermission(scope, "permission", {
    ...props.function.invocable,
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    // A route that moves to another function is never without a permission.
    lifecycle: { createBeforeDestroy: true },
    sourceArn: `${executionArn}/*/${route.method}${route.path.replace(/\{\w+\+?\}/g, "*")}`,
  });
}

/** @throws Error when API Gateway would stop waiting (29 s) before the function's own time-out ends it */
export function checkRouteTimeout(route: Route, { timeoutSeconds }: NodeFunction): void {
  if (timeoutSeconds > MAX_ROUTE_TIMEOUT_SECONDS) {
    throw new Error(
      `${routeName(route)}: timeoutSeconds of ${route.function} must be at most ${MAX_ROUTE_TIMEOUT_SECONDS}, got ${timeoutSeconds}: API Gateway stops waiting at 29 s`,
    );
  }
}

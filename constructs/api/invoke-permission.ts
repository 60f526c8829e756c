import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { Construct } from "constructs";
import type { NodeFunction } from "../function/node-function";
import type { Route } from "./route";

export interface InvokePermissionProps {
  /** ARN of the API that is let in, without stage, method and path. */
  readonly executionArn: string;
  readonly route: Route;
  readonly function: NodeFunction;
}

/** Lets one API invoke a function for one route: any stage, so that the console's test works; this method and path only. */
export function invokePermission(scope: Construct, { executionArn, route, ...props }: InvokePermissionProps) {
  return new LambdaPermission(scope, "permission", {
    functionName: props.function.functionName,
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    // A route that moves to another function never lacks a permission.
    lifecycle: { createBeforeDestroy: true },
    sourceArn: `${executionArn}/*/${route.method}${route.path.replace(/\{\w+\+?\}/g, "*")}`,
  });
}

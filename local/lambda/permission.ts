import { wildcard } from "../aws/wildcard";
import type { SynthesizedStack } from "../terraform/read-stack";
import { functionName } from "./functions";

/**
 * Whether a function's resource-based policy allows a service to invoke it.
 * @param service `apigateway.amazonaws.com`
 * @param sourceArn the resource in whose name the service invokes
 */
export function mayInvoke(stack: SynthesizedStack, service: string, function_: string, sourceArn: string): boolean {
  return stack.resources("aws_lambda_permission").some(({ values }) => {
    const forFunction = functionName(String(values.function_name)) === functionName(function_);
    const action = values.action === "lambda:InvokeFunction" || values.action === "lambda:*";
    const principal = values.principal === service || values.principal === "*";
    const account = values.source_account === undefined || values.source_account === stack.accountId;
    const source = values.source_arn === undefined || wildcard(String(values.source_arn)).test(sourceArn);
    return forFunction && action && principal && account && source && values.qualifier === undefined;
  });
}

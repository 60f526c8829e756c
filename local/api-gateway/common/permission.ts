import { wildcard } from "../../aws/iam";
import { functionName } from "../../lambda/functions";
import type { SynthesizedStack } from "../../terraform/read-stack";

/**
 * Whether API Gateway may invoke a function for a method: its resource-based policy must allow the service for the
 * method's ARN, `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<METHOD>/<path>`, path parameters as `*`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export function mayInvoke(stack: SynthesizedStack, function_: string, sourceArn: string): boolean {
  return stack.resources("aws_lambda_permission").some(({ values }) => {
    const forFunction = functionName(String(values.function_name)) === functionName(function_);
    const action = values.action === "lambda:InvokeFunction" || values.action === "lambda:*";
    const principal = values.principal === "apigateway.amazonaws.com" || values.principal === "*";
    const account = values.source_account === undefined || values.source_account === stack.accountId;
    const source = values.source_arn === undefined || wildcard(String(values.source_arn)).test(sourceArn);
    return forFunction && action && principal && account && source && values.qualifier === undefined;
  });
}

/** The method's ARN as API Gateway passes it on; a method ANY stands for every method. */
export function methodArn(executionArn: string, stage: string, httpMethod: string, path: string): string {
  return `${executionArn}/${stage}/${httpMethod === "ANY" ? "*" : httpMethod}${path.replace(/\{[^}]+\}/g, "*")}`;
}

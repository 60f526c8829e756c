import { mayInvoke as mayServiceInvoke } from "../../lambda/permission";
import type { SynthesizedStack } from "../../terraform/read-stack";

/**
 * Whether API Gateway may invoke a function for a method: its resource-based policy must allow the service for the
 * method's ARN, `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<METHOD>/<path>`, path parameters as `*`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export const mayInvoke = (stack: SynthesizedStack, function_: string, sourceArn: string): boolean =>
  mayServiceInvoke(stack, "apigateway.amazonaws.com", function_, sourceArn);

/** The source ARN that API Gateway invokes with; ANY becomes `*`, and the route `$default` has no method. */
export function methodArn(executionArn: string, stage: string, httpMethod: string, path: string): string {
  if (httpMethod === "") return `${executionArn}/${stage}/${path}`;
  return `${executionArn}/${stage}/${httpMethod === "ANY" ? "*" : httpMethod}${path.replace(/\{[^}]+\}/g, "*")}`;
}

/** A resource, and a function that is granted something. */
import type { TerraformStack } from "cdktf";
import { NodeFunction } from "../../../constructs/function/node-function";
import { only, type Synthesized, synthScope, type Values } from "../../support/synth";

export const testFunction = (stack: TerraformStack, functionName = "fn", timeoutSeconds = 10) =>
  new NodeFunction(stack, functionName, {
    functionName,
    entry: "functions/echo.ts",
    runtime: "nodejs22.x",
    timeoutSeconds,
  });

/** @param build makes the resource and grants the function something */
export const synthWith = (build: (stack: TerraformStack, fn: NodeFunction) => void): Synthesized =>
  synthScope((stack) => build(stack, testFunction(stack)));

/** What the only function may do, besides writing its log: actions and resources. */
export function granted(json: Synthesized): Values[] {
  const { Statement } = JSON.parse(String(only(json, "aws_iam_role_policy").policy)) as { Statement: Values[] };
  return Statement.slice(1).map(({ Action, Resource }) => ({ Action, Resource }));
}

/** The only function's variables, besides those that every function has. */
export function variables(json: Synthesized): Values {
  const { environment } = only(json, "aws_lambda_function") as { environment: { variables: Values } };
  const { NODE_OPTIONS: _, ...variables } = environment.variables;
  return variables;
}

/** `${type.name.attribute}` of the only resource of a type. */
export const reference = (json: Synthesized, type: string, attribute: string) =>
  `\${${type}.${Object.keys(json.resource[type] ?? {})[0]}.${attribute}}`;

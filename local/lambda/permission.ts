import { wildcard } from "../aws/wildcard";
import type { SynthesizedStack } from "../terraform/read-stack";
import { functionName } from "./functions";

/** Who may invoke a function, by one statement of its resource-based policy. */
interface Permission {
  readonly principal: unknown;
  readonly source: RegExp | undefined;
}

const known = new WeakMap<SynthesizedStack, ReadonlyMap<string, readonly Permission[]>>();

/**
 * Whether a function's resource-based policy allows a service to invoke it.
 * @param service `apigateway.amazonaws.com`
 * @param sourceArn the resource in whose name the service invokes
 */
export function mayInvoke(stack: SynthesizedStack, service: string, function_: string, sourceArn: string): boolean {
  const permissions = known.get(stack) ?? readPermissions(stack);
  known.set(stack, permissions);
  return (permissions.get(functionName(function_)) ?? []).some(
    ({ principal, source }) => (principal === service || principal === "*") && (source?.test(sourceArn) ?? true),
  );
}

/** The permissions to invoke from this account, by function. */
function readPermissions(stack: SynthesizedStack): ReadonlyMap<string, readonly Permission[]> {
  const found = new Map<string, Permission[]>();
  for (const { values } of stack.resources("aws_lambda_permission")) {
    const action = values.action === "lambda:InvokeFunction" || values.action === "lambda:*";
    const account = values.source_account === undefined || values.source_account === stack.accountId;
    if (!action || !account || values.qualifier !== undefined) continue;
    const name = functionName(String(values.function_name));
    const source = values.source_arn === undefined ? undefined : wildcard(String(values.source_arn));
    const others = found.get(name) ?? [];
    found.set(name, [...others, { principal: values.principal, source }]);
  }
  return found;
}

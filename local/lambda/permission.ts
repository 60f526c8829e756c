import { wildcard } from "../aws/wildcard";
import type { SynthesizedStack } from "../terraform/read-stack";
import { functionName, qualifierOf } from "./functions";

/** Who may invoke a function, by one statement of its resource-based policy. */
interface Permission {
  readonly principal: unknown;
  readonly source: RegExp | undefined;
}

/** The permissions of one function, by the last part of their source; those where it has a wildcard, under `*`. */
type Permissions = ReadonlyMap<string, readonly Permission[]>;

const known = new WeakMap<SynthesizedStack, ReadonlyMap<string, Permissions>>();

/**
 * Whether a function's resource-based policy allows a service to invoke it.
 * @param service `apigateway.amazonaws.com`
 * @param sourceArn the resource in whose name the service invokes
 */
export function mayInvoke(stack: SynthesizedStack, service: string, function_: string, sourceArn: string): boolean {
  const all = known.get(stack) ?? readPermissions(stack);
  known.set(stack, all);
  const own = all.get(policyOf(function_));
  return [lastPart(sourceArn), WILDCARD].some((part) =>
    own
      ?.get(part)
      ?.some(
        ({ principal, source }) => (principal === service || principal === "*") && (source?.test(sourceArn) ?? true),
      ),
  );
}

/** A qualified function has a policy of its own: that of its alias or version. */
const policyOf = (function_: string, qualifier: unknown = qualifierOf(function_)) =>
  `${functionName(function_.startsWith("arn:") ? function_ : (function_.split(":")[0] ?? ""))}:${qualifier ?? ""}`;

const WILDCARD = "*";
const lastPart = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);

/** The permissions to invoke from this account, by policy. */
function readPermissions(stack: SynthesizedStack): ReadonlyMap<string, Permissions> {
  const found = new Map<string, Map<string, Permission[]>>();
  for (const { values } of stack.resources("aws_lambda_permission")) {
    const action = values.action === "lambda:InvokeFunction" || values.action === "lambda:*";
    const account = values.source_account === undefined || values.source_account === stack.accountId;
    if (!action || !account) continue;
    const source = values.source_arn === undefined ? WILDCARD : String(values.source_arn);
    const part = /[*?]/.test(lastPart(source)) ? WILDCARD : lastPart(source);
    const name = policyOf(String(values.function_name), values.qualifier);
    const own = found.get(name) ?? new Map<string, Permission[]>();
    found.set(name, own);
    const others = own.get(part) ?? [];
    own.set(part, others);
    others.push({
      principal: values.principal,
      source: values.source_arn === undefined ? undefined : wildcard(source),
    });
  }
  return found;
}

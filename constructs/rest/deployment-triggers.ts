/** Triggers that replace a deployment exactly when something that it serves changes. */
import { createHash } from "node:crypto";
import { type IResolvable, Lazy, TerraformLocal, type TerraformResource, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { resolved } from "../resolved";

/** Arguments that a deployment does not copy: Terraform's own, those of an OpenAPI import, and labels. */
const NOT_SERVED = ["//", "depends_on", "lifecycle", "provider", "provisioner", "connection", "timeouts"];
const NOT_SERVED_OF_API = ["name", "description", "tags", "put_rest_api_mode", "fail_on_warnings"];

/**
 * A hash over ids, as Terraform's documentation proposes, misses every update in place. Here `configuration` is a hash of all
 * arguments of what is served, as synthesized. `references` is a hash, computed by Terraform, of the values of all references and
 * expressions in these arguments (ARNs of functions and pools, ids, data sources, ...). A local value lists them, so that a plan
 * shows one changed line.
 *
 * Both are computed when the JSON is written, so that overrides made after the constructors count.
 */
export function deploymentTriggers(scope: IConstruct, served: readonly TerraformResource[]): Record<string, string> {
  // CDKTF resolves elements in the order of their construction: the local value before the deployment.
  let content: Content = [];
  const references = Lazy.anyValue({
    produce: ({ preparing }) => {
      content = preparing ? [] : contentOf(scope, served);
      return [...new Set(templates(content))].sort();
    },
  });
  const local = new TerraformLocal(scope, "references", references);
  const triggers: IResolvable = Lazy.anyValue({
    produce: () => ({
      configuration: createHash("sha256").update(JSON.stringify(content)).digest("hex"),
      references: `\${sha256(jsonencode(local.${local.friendlyUniqueId}))}`,
    }),
  });
  return Token.asStringMap(triggers);
}

type Content = readonly (readonly [address: string, values: Readonly<Record<string, unknown>>])[];

/** Sorted by address: the order of the route table is no part of what is served. */
const contentOf = (scope: IConstruct, served: readonly TerraformResource[]): Content =>
  [...served]
    .sort((a, b) => (address(a) < address(b) ? -1 : 1))
    .map((resource) => [address(resource), servedArguments(scope, resource)]);

function servedArguments(scope: IConstruct, resource: TerraformResource): Record<string, unknown> {
  const type = resource.terraformResourceType;
  const block = resolved(scope, resource.toTerraform()).resource[type][resource.friendlyUniqueId] as object;
  const omitted = type === "aws_api_gateway_rest_api" ? [...NOT_SERVED, ...NOT_SERVED_OF_API] : NOT_SERVED;
  return Object.fromEntries(Object.entries(block).filter(([name]) => !omitted.includes(name)));
}

/** All strings in a value that Terraform evaluates, except those with `each`, `count` or `self`, which only their resource knows. */
function templates(value: unknown): string[] {
  if (typeof value === "string") {
    return /[$%]\{/.test(value) && !/\b(each|count|self)\./.test(value) ? [value] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [...templates(key), ...templates(item)]);
}

/** Not `fqn`: that is a token, whose number differs between synths. */
const address = (resource: TerraformResource) => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;

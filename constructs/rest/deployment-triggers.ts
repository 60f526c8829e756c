/** When a deployment must be replaced: exactly when something that it serves has changed. */
import { createHash } from "node:crypto";
import { type IResolvable, Lazy, type TerraformResource, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { resolved } from "../resolved";

/**
 * Terraform's own advice, a hash over ids, misses every change made in place. Here `configuration` is the hash of what
 * is served as it was synthesized, and `references` stands for what only Terraform knows: the ARNs of functions and pool.
 *
 * Both are worked out late, so that an override made after the constructors counts too.
 */
export function deploymentTriggers(scope: IConstruct, served: readonly TerraformResource[]): Record<string, string> {
  const triggers: IResolvable = Lazy.anyValue({
    produce: () => {
      const text = content(scope, served);
      return {
        configuration: createHash("sha256").update(text).digest("hex"),
        references: `\${sha256(join(" ", [${foreignReferences(text, served).join(", ")}]))}`,
      };
    },
  });
  return Token.asStringMap(triggers);
}

function content(scope: IConstruct, served: readonly TerraformResource[]): string {
  // By address, since the order of the rows in the route table is no part of what is served.
  const sorted = [...served].sort((a, b) => (address(a) < address(b) ? -1 : 1));
  return JSON.stringify(
    sorted.map((resource) => {
      const block = resolved(scope, resource.toTerraform()).resource[resource.terraformResourceType];
      // The address counts, for a served resource that others refer to; where its construct lies in the tree does not.
      return [address(resource), { ...block[resource.friendlyUniqueId], "//": undefined, depends_on: undefined }];
    }),
  );
}

/** What the served resources refer to outside of themselves and of their API: `aws_lambda_function.x.invoke_arn`, ... */
function foreignReferences(text: string, served: readonly TerraformResource[]): string[] {
  const own = new Set(served.map(address));
  const references = [...text.matchAll(/\$\{(([\w-]+\.[\w-]+)\.[\w-]+)\}/g)]
    .filter(([, , address = ""]) => !own.has(address) && !address.startsWith("aws_api_gateway_rest_api."))
    .map(([, reference = ""]) => reference);
  return [...new Set(references)].sort();
}

/** `fqn` would be a token here, with another number at each synth. */
const address = (resource: TerraformResource) => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;

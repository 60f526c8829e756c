/** Where Terraform keeps its state, and the check that it belongs to this region. */
import { LocalBackend, S3Backend, TerraformResource, type TerraformStack } from "cdktf";

export interface StateBackendProps {
  /** First part of the state's key in the bucket; the stage is the second. */
  readonly project: string;
  readonly stage: string;
  /** Region of the stack and of the bucket. */
  readonly region: string;
  /** Name of an S3 bucket; without one the state is a file beside `cdktf.out`. */
  readonly bucket: string | undefined;
}

export function stateBackend(stack: TerraformStack, { project, stage, region, bucket }: StateBackendProps): void {
  requireRegion(stack, region);
  if (bucket === undefined) {
    // Three levels above the stack's folder, beside cdktf.out: the CDKTF CLI deletes folders of stacks that the last synth did not
    // write. CDKTF's default is an absolute path of the machine that synthesized.
    new LocalBackend(stack, { path: `../../../terraform.${stage}.tfstate` });
    return;
  }
  new S3Backend(stack, { bucket, region, key: `${project}/${stage}/terraform.tfstate`, encrypt: true });
  // S3's native lock file needs no DynamoDB table. CDKTF's bindings lack the argument.
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}

/**
 * Makes a plan fail if the state holds the stack of another region. AWS would find none of its resources there: Terraform would
 * forget them, the user pool included, and `prevent_destroy` does not apply to that.
 */
function requireRegion(stack: TerraformStack, region: string): void {
  const recorded = "${self.output.region}";
  // CDKTF's DataResource would run `terraform version` on every synth.
  const resource = new TerraformResource(stack, "state-region", {
    terraformResourceType: "terraform_data",
    terraformGeneratorMetadata: { providerName: "terraform" },
    lifecycle: {
      ignoreChanges: ["input"], // keeps the region of the first apply
      postcondition: [
        {
          condition: `\${self.output.region == ${JSON.stringify(region)}}`,
          errorMessage: `AWS_REGION must be ${recorded}, the region of this state, got ${region}: set it to ${recorded}, or use another STAGE.`,
        },
      ],
    },
  });
  resource.addOverride("input", { region });
}

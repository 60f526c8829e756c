/** Where Terraform keeps its state. */
import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";

export interface StateBackendProps {
  /** First part of the state's key in the bucket. */
  readonly project: string;
  readonly stage: string;
  readonly region: string;
  /** @default - a file beside cdktf.out */
  readonly bucket: string | undefined;
}

export function stateBackend(stack: TerraformStack, { project, stage, region, bucket }: StateBackendProps): void {
  if (bucket === undefined) {
    // Relative to the stack's folder, three levels up: beside cdktf.out, since the CDKTF CLI deletes the folders of
    // stacks that a synth did not write, and cdktf's own default is an absolute path of the machine that synthesized.
    new LocalBackend(stack, { path: `../../../terraform.${stage}.tfstate` });
    return;
  }
  new S3Backend(stack, { bucket, region, key: `${project}/${stage}/terraform.tfstate`, encrypt: true });
  // S3's own lock file, which needs no DynamoDB table. The bindings do not know it yet.
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}

/** What the child processes see of the environment: nothing that would change what the gate finds. */
import { settings } from "../../../config";
import type { Environment } from "./process";

/** The first provider version that knows `nodejs24.x`, the default runtime: hashicorp/terraform-provider-aws#44986. */
const KNOWS_NODE_24 = [6, 19];

/** The process's own, without settings of the stack, of AWS, of Terraform and of CDKTF. */
export function cleanEnvironment(environment: Readonly<Record<string, string | undefined>>): Environment {
  const entries = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || name in settings || /^(AWS|TF|CDKTF)_/.test(name) ? [] : [[name, value] as const],
  );
  // GOGC: Terraform and its providers spend a third of their time on collecting garbage that fits in memory anyway.
  return { ...Object.fromEntries(entries), CHECKPOINT_DISABLE: "1", CI: "1", GOGC: "400" };
}

/** For AWS clients that are to talk to the emulator and to nobody else. */
export function emulated(endpoint: string): Environment {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_EC2_METADATA_DISABLED: "true",
    // What the emulator cannot do it answers with 500, which the provider would try again for a quarter of an hour.
    AWS_MAX_ATTEMPTS: "3",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  };
}

/** Settings that make the default stack one that this version of the AWS provider accepts. */
export function runtimeSettings(awsProviderVersion: string): Environment {
  const [major = 0, minor = 0] = awsProviderVersion.split(".").map(Number);
  const [knownMajor = 0, knownMinor = 0] = KNOWS_NODE_24;
  const known = major > knownMajor || (major === knownMajor && minor >= knownMinor);
  return known ? {} : { LAMBDA_RUNTIME: "nodejs22.x" };
}

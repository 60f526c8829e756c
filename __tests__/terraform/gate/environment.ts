/** The environment of child processes, without anything that would change the results. */
import { settings } from "../../../settings";
import type { Environment } from "./process";

/** The first provider version that knows `nodejs24.x`, the default runtime: hashicorp/terraform-provider-aws#44986. */
const KNOWS_NODE_24 = [6, 19];

/** The environment without settings of the stack, AWS, Terraform and CDKTF. */
export function cleanEnvironment(environment: Readonly<Record<string, string | undefined>>): Environment {
  const entries = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || name in settings || /^(AWS|TF|CDKTF)_/.test(name) ? [] : [[name, value] as const],
  );
  // GOGC: without it, Terraform and its providers spend a third of their time in the garbage collector.
  return { ...Object.fromEntries(entries), CHECKPOINT_DISABLE: "1", CI: "1", GOGC: "400" };
}

/** For AWS clients that must reach the emulator only. */
export function emulatorEnvironment(endpoint: string): Environment {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_EC2_METADATA_DISABLED: "true",
    // The emulator returns 500 for what it cannot do; the provider would retry that for a quarter of an hour.
    AWS_MAX_ATTEMPTS: "3",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  };
}

/** Settings with which this version of the AWS provider accepts the default stack. */
export function runtimeSettings(awsProviderVersion: string): Environment {
  const [major = 0, minor = 0] = awsProviderVersion.split(".").map(Number);
  const [knownMajor = 0, knownMinor = 0] = KNOWS_NODE_24;
  const known = major > knownMajor || (major === knownMajor && minor >= knownMinor);
  return known ? {} : { LAMBDA_RUNTIME: "nodejs22.x" };
}

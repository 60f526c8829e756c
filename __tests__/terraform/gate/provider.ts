/** One running AWS provider for several Terraform commands: to start it takes more of the processor than most plans do. */
import { once } from "node:events";
import { end, start } from "./process";
import type { Terraform } from "./terraform";

/**
 * Runs `work`, whose Terraform commands use one provider. It keeps the configuration of the last command, so they must not overlap.
 * It runs in the stack's folder, which the paths of archives are relative to.
 *
 * @param executable of the AWS provider
 * @throws Error with its output when it does not start
 */
export async function withProvider(
  executable: string,
  { folder, environment }: Terraform,
  work: (attached: Terraform) => Promise<void>,
): Promise<void> {
  const provider = start(executable, ["-debug"], folder, environment);
  provider.stderr.resume();
  let printed = "";
  const attached = new Promise<string>((resolve) => {
    provider.stdout.on("data", (data: Buffer) => {
      printed += data;
      const found = /TF_REATTACH_PROVIDERS='([^'\n]+)'/.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const failed = once(provider, "close").then(() => {
    throw new Error(`the provider did not start:\n${printed.trim()}`);
  });
  try {
    const TF_REATTACH_PROVIDERS = await Promise.race([attached, failed]);
    failed.catch(() => undefined); // ended below, on purpose
    await work({ folder, environment: { ...environment, TF_REATTACH_PROVIDERS } });
  } finally {
    end(provider);
  }
}

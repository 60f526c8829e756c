/** `npm run local:apply`: creates what the local API does not serve itself in the emulator of AWS_EMULATOR_URL, by Terraform. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadConfig } from "../config";
import { emulatorStack } from "./emulator/emulator-stack";
import { createSynthesis } from "./synthesis/synthesis";
import { readStack } from "./terraform/read-stack";

const USAGE = `npm run local:apply [-- OPTIONS]

Creates the resources that the local API does not serve (buckets, queues, topics, ...) in the emulator that
AWS_EMULATOR_URL names. Its state is in .local-emulator, apart from every deployment's.

  --folder FOLDER     a folder that holds cdk.tf.json, instead of this project's own stack
  --destroy           removes them
  --help              print this text`;

const projectRoot = join(__dirname, "..");

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { folder: { type: "string" }, destroy: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const { awsEmulatorUrl } = loadConfig(projectRoot, process.env);
  if (awsEmulatorUrl === undefined) {
    throw new Error("AWS_EMULATOR_URL must name a running emulator, got none: see docs/local-api.md");
  }
  const folder = values.folder ?? (await createSynthesis(projectRoot).run()) ?? "";
  const stack = readStack(folder, process.env);
  const json = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
  const { json: emulated, created, skipped } = emulatorStack(json, stack);
  for (const address of skipped) console.log(`left out: ${address} belongs to something that the local API serves`);
  if (created.length === 0) {
    console.log("The local API serves all of the stack: nothing to create");
    return;
  }
  const target = join(projectRoot, ".local-emulator", stack.stackName);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, "main.tf.json"), JSON.stringify(emulated, null, 2));
  const run = (...args: string[]) => terraform(target, awsEmulatorUrl, args);
  if (!existsSync(join(target, ".terraform"))) await run("init", "-input=false");
  await run(values.destroy ? "destroy" : "apply", "-auto-approve", "-input=false").catch((error: Error) => {
    const advice = "The errors above name what the emulator rejected; all else is done, and npm start works with it.";
    throw new Error(`${error.message}. ${advice}`);
  });
}

/** Without the AWS variables of the shell: nothing but the emulator is reached. */
function terraform(cwd: string, emulatorUrl: string, args: readonly string[]): Promise<void> {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
  const env = { ...Object.fromEntries(others), AWS_ENDPOINT_URL: emulatorUrl, AWS_EC2_METADATA_DISABLED: "true" };
  const binary = process.env.TERRAFORM_BINARY_NAME || "terraform";
  const child = spawn(binary, args, { cwd, env, stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.on("error", () =>
      reject(new Error(`${binary} must be on the PATH, got none: install Terraform 1.11 or later, or OpenTofu 1.10`)),
    );
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`terraform ${args[0]} ended with exit code ${code}`));
    });
  });
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

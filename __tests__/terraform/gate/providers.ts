/** Terraform and its providers, fetched once and then used offline. */
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { type Environment, run } from "./process";
import { copyProject, synthesize } from "./project";
import { binary } from "./terraform";

export interface Providers {
  /** Environment in which Terraform, or OpenTofu, finds the providers. */
  readonly environment: Environment;
  /** `terraform 1.11.4` */
  readonly terraform: string;
  /** Whether OpenTofu is there too. */
  readonly tofu: boolean;
  /** The AWS provider's executable. */
  readonly aws: string;
  /** `5.100.0` by `hashicorp/aws`. */
  readonly versions: Readonly<Record<string, string>>;
}

const HOW_TO_GET_PROVIDERS =
  "Terraform fetches the providers from registry.terraform.io. On a machine that cannot reach it, set TERRAFORM_PLUGIN_DIR to a folder " +
  "that holds them unpacked (registry.terraform.io/hashicorp/aws/<version>/<platform>/terraform-provider-aws_v<version>_x5), as `terraform providers mirror` or a plugin cache leaves them";

/** Where each binary looks for a provider without a host in its source. */
const HOSTS = ["registry.terraform.io", "registry.opentofu.org"];

/**
 * Initializes the default stack once, which fetches the providers if no folder of them is given. Runs `terraform`, or what
 * TERRAFORM_BINARY_NAME says.
 * @param given TERRAFORM_PLUGIN_DIR
 * @throws Error that says what is missing and how to get it
 */
export async function findProviders(folder: string, given: string | undefined, clean: Environment): Promise<Providers> {
  const command = binary(clean);
  if (!(await runs(command, folder, clean))) {
    throw new Error(
      `${command} is missing: install Terraform 1.11 or later (https://developer.hashicorp.com/terraform/install), or set TERRAFORM_BINARY_NAME=tofu for OpenTofu`,
    );
  }
  if (given !== undefined && !existsSync(given)) {
    throw new Error(`TERRAFORM_PLUGIN_DIR must be a folder with the providers, got ${given}: there is none`);
  }
  const plugins = given === undefined ? join(folder, "plugins") : resolve(given);
  mkdirSync(plugins, { recursive: true });
  const config = join(folder, "terraform.rc");
  const environment = { ...clean, TF_CLI_CONFIG_FILE: config };
  const mirror = join(folder, "mirror");
  mkdirSync(mirror);
  // A plugin cache has the layout of a mirror: the first init fills it, the others read from it.
  writeFileSync(config, given === undefined ? `plugin_cache_dir = "${plugins}"\n` : readingFrom(mirror));
  if (given !== undefined) linkHosts(mirror, plugins);

  const project = join(folder, "projects", "providers");
  copyProject(project);
  const stack = await synthesize(project, join(folder, "stacks", "providers", "cdktf.out"), environment);
  const { code, output } = await run(command, ["init", "-input=false", "-no-color"], stack, environment);
  if (code !== 0) throw new Error(`the providers are missing.\n${output.trim()}\n${HOW_TO_GET_PROVIDERS}`);
  if (given === undefined) linkHosts(mirror, plugins);
  writeFileSync(config, readingFrom(mirror));
  const chosen = await run(command, ["version", "-json"], stack, environment);
  const { terraform_version, provider_selections } = JSON.parse(chosen.stdout) as {
    terraform_version: string;
    provider_selections: Record<string, string>;
  };
  return {
    // CDKTF's CLI runs `terraform providers lock`, which ignores the mirror without this option.
    environment: { ...environment, TF_CLI_ARGS_providers_lock: `-fs-mirror=${mirror}` },
    terraform: `${command} ${terraform_version}`,
    tofu: await runs("tofu", folder, clean),
    aws: executable(
      stack,
      Object.entries(provider_selections).find(([name]) => name.endsWith("/hashicorp/aws")),
    ),
    versions: Object.fromEntries(
      Object.entries(provider_selections).map(([name, chosenVersion]) => [name.replace(/^[^/]+\//, ""), chosenVersion]),
    ),
  };
}

const runs = async (command: string, folder: string, environment: Environment): Promise<boolean> =>
  (await run(command, ["version", "-json"], folder, environment).catch(() => undefined))?.code === 0;

/** Where `terraform init` has put a provider. */
function executable(stack: string, [name, version]: [string, string] = ["hashicorp/aws", "none"]): string {
  let path = join(stack, ".terraform", "providers", name, version);
  for (const _level of ["platform", "file"])
    path = join(path, readdirSync(path).find((entry) => !/\.(md|txt)$|^LICENSE/.test(entry)) ?? "");
  return path;
}

/** The same providers under the host of either registry. Terraform follows a link in the last part of the path only, the platform. */
function linkHosts(mirror: string, plugins: string): void {
  const filled = HOSTS.map((host) => join(plugins, host)).find(existsSync);
  if (filled === undefined) return;
  // <namespace>/<name>/<version>/<platform>
  const packages = readdirSync(filled, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.split(sep).length === 4,
  );
  for (const host of HOSTS) {
    for (const path of packages) {
      mkdirSync(dirname(join(mirror, host, path)), { recursive: true });
      symlinkSync(join(filled, path), join(mirror, host, path));
    }
  }
}

const readingFrom = (folder: string) =>
  `provider_installation {\n  filesystem_mirror {\n    path = "${folder}"\n  }\n}\n`;

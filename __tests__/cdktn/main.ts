/**
 * `npm run test:cdktn`: the project moves from cdktf to cdktn, the framework that continues it, in a temporary copy. Every
 * combination of settings must synthesize the same bytes on both, and `npm test` must pass there. See docs/toolchain.md.
 */
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { combinations, withPoolId } from "../terraform/data/combinations";
import { cleanEnvironment } from "../terraform/gate/environment";
import { expectNone, step } from "../terraform/gate/gate";
import { type Environment, endAll, succeed } from "../terraform/gate/process";
import { copyProject, copySources, synthesize } from "../terraform/gate/project";
import { aliasArguments } from "./aliases";
import { type TerraformJson, unknownArguments } from "./bindings";
import { differences, type Synthesized } from "./differences";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "cdktn-")));
const environment = cleanEnvironment(process.env);
/** Equally deep, as `copyProject` asks. */
const before = join(folder, "cdktf");
const after = join(folder, "cdktn");

function cleanUp(): void {
  endAll();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    cleanUp();
    process.exit(130);
  });
}

const installed = (project: string, name: string) =>
  (JSON.parse(readFileSync(join(project, "node_modules", name, "package.json"), "utf8")) as { version: string })
    .version;

async function synth(project: string, name: string, settings: Environment): Promise<Synthesized> {
  const outdir = join(folder, "out", basename(project), name);
  await synthesize(project, outdir, { ...environment, ...settings });
  return { folder: outdir, frameworkVersion: installed(project, "cdktf") };
}

function stackJson(outdir: string): TerraformJson {
  const [stack = ""] = readdirSync(join(outdir, "stacks"));
  return JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8")) as TerraformJson;
}

async function main(): Promise<void> {
  const npm = (...args: string[]) => succeed("npm", args, after, environment);
  copyProject(before);
  copySources(after);
  await step("cdktn", `npm install --save-exact ${aliasArguments.join(" ")}`, () =>
    npm("install", "--no-audit", "--no-fund", "--save-exact", ...aliasArguments),
  );
  for (const project of [before, after]) {
    console.log(["cdktf", "@cdktf/provider-aws"].map((name) => `${name} ${installed(project, name)}`).join(", "));
  }
  for (const { name, settings } of combinations) {
    await step("cdktn", `the same bytes: ${name}`, async () => {
      const all = withPoolId(settings);
      const [one, other] = await Promise.all([synth(before, name, all), synth(after, name, all)]);
      expectNone(differences(one, other), "synthesized otherwise (cdktf | cdktn):");
      for (const project of [before, after]) {
        const bindings = join(project, "node_modules", "@cdktf", "provider-aws");
        expectNone(unknownArguments(stackJson(other.folder), bindings), `the bindings of ${project} do not have:`);
      }
    });
  }
  await step("cdktn", "npm test", () => npm("test"));
}

main()
  .catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  })
  .finally(cleanUp);

/**
 * `npm run test:cdktn`: the project moves from cdktf to cdktn, the framework that continues it, in a temporary copy. Every
 * combination of settings must synthesize the same bytes on both, and `npm test` must pass there: with arguments, only the test
 * files that they name. See docs/toolchain.md.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { combinations, withPoolId } from "../terraform/data/combinations";
import { cleanEnvironment } from "../terraform/gate/environment";
import { expectNone, step } from "../terraform/gate/gate";
import { type Environment, succeed } from "../terraform/gate/process";
import { copyProject, copySources, synthesize } from "../terraform/gate/project";
import { runIn } from "../terraform/gate/temporary";
import { aliasArguments } from "./aliases";
import { type TerraformJson, unknownArguments } from "./bindings";
import { differences, type Synthesized } from "./differences";

const environment = cleanEnvironment(process.env);

const installed = (project: string, name: string) =>
  (JSON.parse(readFileSync(join(project, "node_modules", name, "package.json"), "utf8")) as { version: string })
    .version;

async function synth(project: string, name: string, settings: Environment): Promise<Synthesized> {
  const outdir = join(project, "..", "out", basename(project), name);
  await synthesize(project, outdir, { ...environment, ...settings });
  return { folder: outdir, frameworkVersion: installed(project, "cdktf") };
}

function stackJson(outdir: string): TerraformJson {
  const [stack = ""] = readdirSync(join(outdir, "stacks"));
  return JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8")) as TerraformJson;
}

async function main(folder: string): Promise<void> {
  // Equally deep, as `copyProject` asks.
  const [before, after] = [join(folder, "cdktf"), join(folder, "cdktn")];
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
  const testFiles = process.argv.slice(2);
  await step("cdktn", ["npm test", ...testFiles].join(" "), () => npm("test", "--", ...testFiles));
}

runIn("cdktn-", main);

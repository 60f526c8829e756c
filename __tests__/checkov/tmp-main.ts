/** `npm run test:checkov`: Checkov on every combination of settings; see docs/controls.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { combinations, withPoolId } from "../terraform/data/combinations";
import { cleanEnvironment } from "../terraform/gate/environment";
import { expectNone, step } from "../terraform/gate/gate";
import { run } from "../terraform/gate/process";
import { copyProject, synthesize } from "../terraform/gate/project";
import { runIn } from "../terraform/gate/temporary";
import { type Finding, readFindings, unexplained } from "./findings";
import { suppressions } from "./suppressions";

const VERSION = "3.3.30";
const OPTIONS = ["--framework", "terraform_json", "--output", "json", "--quiet", "--compact", "--skip-download"];

async function main(folder: string): Promise<void> {
  const environment = cleanEnvironment(process.env);
  const version = await run("checkov", ["--version"], folder, environment).catch(() => undefined);
  if (version?.stdout.trim() !== VERSION) {
    throw new Error(
      `checkov ${VERSION} must be on the PATH, got ${version?.stdout.trim() ?? "none"}: pipx install checkov==${VERSION}`,
    );
  }
  const project = join(folder, "project");
  copyProject(project);
  const findings: Finding[] = [];
  for (const { name, settings } of combinations.filter(
    ({ name }) => process.argv.slice(2).length === 0 || process.argv.includes(name),
  )) {
    await step("checkov", name, async () => {
      const stack = await synthesize(project, join(folder, name), { ...environment, ...withPoolId(settings) });
      // Checkov cannot read these, which say nothing about resources: several `moved` blocks, and a `required_version`.
      const { moved: _, terraform: __, ...scanned } = JSON.parse(readFileSync(join(stack, "cdk.tf.json"), "utf8"));
      writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify(scanned));
      const { stdout, output } = await run("checkov", ["--file", "cdk.tf.json", ...OPTIONS], stack, environment);
      if (!/^[[{]/.test(stdout) || !/"parsing_errors": 0\b/.test(stdout)) throw new Error(output);
      const { resource } = scanned;
      findings.push(...readFindings(stdout, resource));
    });
  }
  expectNone(unexplained(findings, suppressions), "not met, and not explained in __tests__/checkov/suppressions.ts:");
  console.log(`${findings.length} findings, each with its reason`);
}

runIn("checkov-", main);

/** CDKTF's own CLI, from the project as cloned: the same bytes as `npm run synth`, and a deployment that leaves an empty plan. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { emulatorEnvironment } from "../gate/environment";
import { expectNoChange, expectNone, type Gate, type Scenario, step, withEmulator } from "../gate/gate";
import { type Environment, succeed } from "../gate/process";
import { copyProject, synthesize } from "../gate/project";

const NAME = "cdktf-cli/";
const CLI = "cdktf-cli@0.21.0";

export const cdktfCliScenario: Scenario = {
  name: NAME,
  run: (gate) =>
    withEmulator(gate, async ({ endpoint }) => {
      const environment = { ...gate.environment, ...emulatorEnvironment(endpoint) };
      const project = join(gate.folder, "projects", "cdktf-cli");
      const cdktf = (...args: string[]) => succeed("npx", ["--yes", CLI, ...args], project, environment);
      const stack = join(project, "cdktf.out", "stacks", "dev");
      copyProject(project);
      await step(NAME, "synth", () => cdktf("synth"));
      await step(NAME, "synth gives the bytes of npm run synth", () => expectSameBytes(gate, project, environment));
      await step(NAME, "diff", () => cdktf("diff"));
      await step(NAME, "deploy", () => cdktf("deploy", "--auto-approve"));
      await step(NAME, "the plan is empty", () => expectNoChange({ folder: stack, environment }));
      await step(NAME, "git sees the lock file only", () => expectLockFile(project, stack, environment));
    }),
};

async function expectSameBytes(gate: Gate, project: string, environment: Environment): Promise<void> {
  const stack = await synthesize(project, join(gate.folder, "stacks", "cdktf-cli", "cdktf.out"), environment);
  const out = join(project, "cdktf.out", "stacks", "dev");
  const files = new Set([...filesIn(stack), ...filesIn(out)]);
  const different = [...files].filter((file) => {
    const [here, there] = [join(stack, file), join(out, file)];
    return !existsSync(here) || !existsSync(there) || !readFileSync(here).equals(readFileSync(there));
  });
  expectNone(different, "these differ:");
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

/** Of the files that synth and deploy leave, git sees the lock file only. */
async function expectLockFile(project: string, stack: string, environment: Environment): Promise<void> {
  const lock = readFileSync(join(stack, ".terraform.lock.hcl"), "utf8");
  const missing = ["hashicorp/aws", "hashicorp/archive"].filter((name) => !lock.includes(name));
  expectNone(missing, "the lock file lacks:");
  const git = (...args: string[]) => succeed("git", args, project, environment);
  await git("init", "--quiet");
  const { stdout } = await git(
    "status",
    "--porcelain",
    "--untracked-files=all",
    "cdktf.out",
    "*.tfstate*",
    "cdktf.log",
  );
  const seen = stdout.split("\n").filter(Boolean);
  const expected = "?? cdktf.out/stacks/dev/.terraform.lock.hcl";
  if (seen.join() !== expected) throw new Error(`git must see ${expected}, got ${seen.join(", ") || "nothing"}`);
}

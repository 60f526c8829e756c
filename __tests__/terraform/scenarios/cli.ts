/** CDKTF's own CLI and its successor's, from the project as cloned: the same bytes as `npm run synth`, and a deployment that leaves an empty plan. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { emulatorEnvironment } from "../gate/environment";
import { expectNoChange, expectNone, type Gate, type Scenario, step, withEmulator } from "../gate/gate";
import { type Environment, succeed } from "../gate/process";
import { copyProject, synthesize } from "../gate/project";

interface Cli {
  readonly name: string;
  readonly version: string;
  readonly command: string;
  /** Whether it works on this major and minor version of Node.js. Node.js 22 is fetched where it does not. */
  runsOn(major: number, minor: number): boolean;
}

export const clis: readonly Cli[] = [
  {
    name: "cdktn-cli",
    version: "0.24.0",
    command: "cdktn",
    runsOn: (major, minor) => major > 22 || (major === 22 && minor >= 19),
  },
  {
    name: "cdktf-cli",
    version: "0.21.0",
    command: "cdktf",
    // Its node-pty has no binary for later versions.
    runsOn: (major) => major < 24,
  },
];

export const cliScenario = (cli: Cli): Scenario => ({
  name: `${cli.name}/`,
  run: (gate) =>
    withEmulator(gate, async ({ endpoint }) => {
      const name = `${cli.name}/`;
      const environment = { ...gate.environment, ...emulatorEnvironment(endpoint) };
      const project = join(gate.folder, "projects", cli.name);
      const packages = [...(runsHere(cli) ? [] : ["node@22"]), `${cli.name}@${cli.version}`];
      const npx = ["--yes", ...packages.flatMap((one) => ["--package", one]), "--", cli.command];
      const run = (...args: string[]) => succeed("npx", [...npx, ...args], project, environment);
      const stack = join(project, "cdktf.out", "stacks", "dev");
      copyProject(project);
      await step(name, "synth", () => run("synth"));
      await step(name, "synth gives the bytes of npm run synth", () =>
        expectSameBytes(gate, cli, project, environment),
      );
      await step(name, "diff", () => run("diff"));
      await step(name, "deploy", () => run("deploy", "--auto-approve"));
      await step(name, "the plan is empty", () => expectNoChange({ folder: stack, environment }));
      await step(name, "git sees the lock file only", () => expectLockFile(project, stack, environment));
    }),
});

function runsHere({ runsOn }: Cli): boolean {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return runsOn(major, minor);
}

async function expectSameBytes(gate: Gate, cli: Cli, project: string, environment: Environment): Promise<void> {
  const stack = await synthesize(project, join(gate.folder, "stacks", cli.name, "cdktf.out"), environment);
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

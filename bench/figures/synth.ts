/** Synth of the whole stack with its bundles, unchanged or all new, against an empty CDKTF stack. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "../figure";
import { interleaved, runNode, SYNTH, spread } from "../measure";

/** The floor: an app with an empty stack. */
export function emptyStack(projectRoot: string, scratch: string): string {
  const file = join(scratch, "empty.ts");
  writeFileSync(
    file,
    `const { App, TerraformStack } = require(${JSON.stringify(join(projectRoot, "node_modules/cdktf"))});
const app = new App({ outdir: ${JSON.stringify(join(scratch, "empty.out"))} });
new TerraformStack(app, "empty");
app.synth();
`,
  );
  return file;
}

export const synth: Figure = {
  name: "synth",
  async measure({ projectRoot, scratch }) {
    const memory: Record<"own" | "fresh" | "floor", number[]> = { own: [], fresh: [], floor: [] };
    const empty = emptyStack(projectRoot, scratch);
    const outdir = (name: string) => ({ CDKTF_OUTDIR: join(scratch, `${name}.out`) });
    const timed = async (side: keyof typeof memory, args: string[], env: Record<string, string>) => {
      const run = await runNode(args, { cwd: projectRoot, env });
      memory[side].push(run.megabytes);
      return run.milliseconds;
    };
    const time = await interleaved({
      own: () => timed("own", SYNTH, outdir("own")), // the warm-up run writes the bundles
      fresh: () => {
        rmSync(outdir("fresh").CDKTF_OUTDIR, { recursive: true, force: true });
        return timed("fresh", SYNTH, outdir("fresh"));
      },
      floor: () => timed("floor", ["--import", "tsx", empty], {}),
    });
    const what = "`node --import tsx`, an empty cdktf stack";
    return [
      {
        what: "synth, whole stack",
        unit: "ms",
        value: time.own,
        floor: { what, value: time.floor },
        target: { most: 1.5 },
      },
      {
        what: "synth, every bundle new",
        unit: "ms",
        value: time.fresh,
        floor: { what, value: time.floor },
      },
      {
        what: "synth, peak memory",
        unit: "MB",
        value: spread(memory.own),
        floor: { what, value: spread(memory.floor) },
        target: { most: 1.5 },
      },
    ];
  },
};

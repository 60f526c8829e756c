/** A stack synthesized and planned in one folder is applied in another: nothing in it names the first. */
import { mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join, relative } from "node:path";
import { expectNoChange, expectNone, type Scenario, step, synthesizeVersion, withEmulator } from "../gate/gate";
import { applyPlan, init, plan } from "../gate/terraform";

const NAME = "portability/";

export const portabilityScenario: Scenario = {
  name: NAME,
  run: (gate) =>
    withEmulator(gate, async (emulator) => {
      const first = await step(NAME, "synth", () => synthesizeVersion(gate, emulator, { name: "portability" }));
      const home = join(gate.folder, "stacks", "portability");
      await step(NAME, "no file names its folder", () => expectNone(filesNaming(home, gate.folder), "these do:"));
      await step(NAME, "init and plan", async () => {
        await init(first);
        await plan(first);
      });
      const away = join(gate.folder, "elsewhere", "deep", "down");
      mkdirSync(join(away, ".."), { recursive: true });
      const move = (from: string, to: string) => {
        renameSync(from, to);
        return { ...first, folder: join(to, relative(home, first.folder)) };
      };
      const moved = move(home, away);
      await step(NAME, "apply that plan in another folder", () => applyPlan(moved));
      await step(NAME, "the plan there is empty", () => expectNoChange(moved));
      const back = move(away, home);
      await step(NAME, "the plan back here is empty", () => expectNoChange(back));
    }),
};

/** Files, source maps included, that contain a path of this machine. */
function filesNaming(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file, "utf8").includes(text));
}

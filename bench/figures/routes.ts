/** How synth scales: generated routes, each with its own function. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyProject } from "../../__tests__/terraform/gate/project";
import type { Figure, Row } from "../figure";
import { interleaved, runNode, type Spread, SYNTH, spread } from "../measure";

const SIZES = [10, 100, 500] as const;

/** A copy of the project with this many generated routes in place of its own. */
function projectOf(routes: number, scratch: string): string {
  const folder = join(scratch, `routes-${routes}`);
  copyProject(folder);
  const echo = readFileSync(join(folder, "functions/echo.ts"));
  const names = Array.from({ length: routes }, (_, index) => `thing-${index}`);
  for (const name of names) writeFileSync(join(folder, `functions/${name}.ts`), echo);
  const rows = names.map((name) => ({ method: "GET", path: `/${name}`, function: name }));
  writeFileSync(join(folder, "routes.ts"), `export const routes = ${JSON.stringify(rows)} as const;\n`);
  return folder;
}

const difference = (large: Spread, small: Spread, by: number): Spread =>
  spread([large.median - small.median, large.min - small.max, large.max - small.min].map((value) => value / by));

export const routes: Figure = {
  name: "routes",
  async measure({ scratch }) {
    const memory = new Map<number, number[]>(SIZES.map((size) => [size, []]));
    const candidates = SIZES.map((size) => {
      const cwd = projectOf(size, scratch);
      const run = async () => {
        rmSync(join(cwd, "cdktf.out"), { recursive: true, force: true });
        const { milliseconds, megabytes } = await runNode(SYNTH, { cwd });
        memory.get(size)?.push(megabytes);
        return milliseconds;
      };
      return [String(size), run] as const;
    });
    const time = await interleaved(Object.fromEntries(candidates));
    const at = (size: number) => time[String(size)] as Spread;
    const memoryAt = (size: number) => spread(memory.get(size) ?? []);
    const rows: Row[] = SIZES.map((size) => ({ what: `synth, ${size} routes`, unit: "ms", value: at(size) }));
    for (const [from, to] of [
      [10, 100],
      [100, 500],
    ] as const) {
      rows.push(
        {
          what: `per route, ${from} to ${to}`,
          unit: "ms",
          value: difference(at(to), at(from), to - from),
          target: { most: 15 },
        },
        {
          what: `per route, ${from} to ${to}, memory`,
          unit: "MB",
          value: difference(memoryAt(to), memoryAt(from), to - from),
          target: { most: 0.3 },
        },
      );
    }
    return rows;
  },
};

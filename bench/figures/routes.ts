/** How synth grows: generated routes, each with a function of its own. */
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Figure, Row } from "../figure";
import { interleaved, runNode, type Spread, SYNTH, spread } from "../measure";

const SIZES = [10, 100, 500] as const;

/** The project with this many routes instead of its own. */
function projectOf(routes: number, projectRoot: string, scratch: string): string {
  const folder = join(scratch, `routes-${routes}`);
  mkdirSync(join(folder, "functions"), { recursive: true });
  for (const name of [
    "config.ts",
    "build",
    "constructs",
    "quotas",
    "functions/shared",
    "main.ts",
    "package.json",
    "stack.ts",
    "tsconfig.json",
  ]) {
    cpSync(join(projectRoot, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  const names = Array.from({ length: routes }, (_, index) => `thing-${index}`);
  for (const name of names) cpSync(join(projectRoot, "functions/echo.ts"), join(folder, `functions/${name}.ts`));
  const rows = names.map((name) => ({ method: "GET", path: `/${name}`, function: name }));
  writeFileSync(join(folder, "routes.ts"), `export const routes = ${JSON.stringify(rows)} as const;\n`);
  return folder;
}

const difference = (large: Spread, small: Spread, by: number): Spread =>
  spread([large.median - small.median, large.min - small.max, large.max - small.min].map((value) => value / by));

export const routes: Figure = {
  name: "routes",
  async measure({ projectRoot, scratch }) {
    const memory = new Map<number, number[]>(SIZES.map((size) => [size, []]));
    const candidates = SIZES.map((size) => {
      const cwd = projectOf(size, projectRoot, scratch);
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
          what: `a route more, ${from} to ${to}`,
          unit: "ms",
          value: difference(at(to), at(from), to - from),
          target: { most: 15 },
        },
        {
          what: `a route more, ${from} to ${to}, memory`,
          unit: "MB",
          value: difference(memoryAt(to), memoryAt(from), to - from),
          target: { most: 0.3 },
        },
      );
    }
    return rows;
  },
};

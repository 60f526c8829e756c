import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Every file directly in `functions/` is a handler, sorted: `functions/login.ts`. */
export function handlerFiles(projectRoot: string): string[] {
  const folder = join(projectRoot, "functions");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.ts$/.test(name) && !/\.(d|test|spec)\.ts$/.test(name))
    .sort()
    .map((name) => `functions/${name}`);
}

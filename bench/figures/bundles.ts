/** Import time of each bundle against an empty module, and bundle sizes. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../../build/bundle";
import { functionNames, handlerFile } from "../../constructs/api/route";
import { routes } from "../../routes";
import type { Figure, Row } from "../figure";
import { interleaved, runNode, spread } from "../measure";

/** Writes the bundles of all functions in the route table. @returns file by function name */
export async function writeBundles(projectRoot: string, folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const [path, contents] of await bundle(projectRoot, functionNames(routes).map(handlerFile))) {
    const file = join(folder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, contents);
    if (path.endsWith(".mjs")) files.set(path.split("/")[1] ?? path, file);
  }
  return files;
}

/** Milliseconds of the import alone, without the start of Node.js. */
const importTime = (file: string) => async () => {
  const code = `const start = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - start)`;
  return Number((await runNode(["--input-type=module", "--eval", code])).output);
};

export const bundles: Figure = {
  name: "bundles",
  async measure({ projectRoot, scratch }) {
    const files = await writeBundles(projectRoot, join(scratch, "bundles"));
    const empty = join(scratch, "empty.mjs");
    writeFileSync(empty, "export const handler = async () => ({ statusCode: 200 });\n");
    const time = await interleaved({
      "": importTime(empty),
      ...Object.fromEntries([...files].map(([name, file]) => [name, importTime(file)])),
    } as Record<string, () => Promise<number>>);
    const floor = time[""] ?? spread([]);
    const imports: Row[] = [...files.keys()].map((name) => ({
      what: `import of ${name}`,
      unit: "ms",
      value: time[name] ?? spread([]),
      floor: { what: "an empty bundle", value: floor },
      target: { most: 1.6 },
    }));
    const sizes: Row[] = [...files].map(([name, file]) => ({
      what: `size of ${name}`,
      unit: "kB",
      value: spread([readFileSync(file).length / 1000]),
      ...(name === "login" && { target: { most: 20 } }),
    }));
    return [...imports, ...sizes];
  },
};

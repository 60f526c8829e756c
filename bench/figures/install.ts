/** What `npm ci` installs, against the six packages that such a project cannot do without; and the time of the tests. */
import { execFile } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Figure } from "../figure";
import { spread } from "../measure";

const run = promisify(execFile);
const SIX = ["cdktf", "@cdktf/provider-aws", "@cdktf/provider-archive", "constructs", "esbuild", "jest"];

interface Package {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

/** Size in bytes and number of packages of a node_modules folder. */
function size(folder: string): { bytes: number; packages: number } {
  let bytes = 0;
  let packages = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) bytes += lstatSync(file).size;
    if (
      entry.isDirectory() &&
      /node_modules\/(@[^/]+\/)?[^@/.][^/]*$/.test(file) &&
      existsSync(join(file, "package.json"))
    ) {
      packages += 1;
    }
  }
  return { bytes, packages };
}

export const install: Figure = {
  name: "install",
  async measure({ projectRoot, scratch }) {
    const own = join(scratch, "own");
    const floor = join(scratch, "six");
    for (const folder of [own, floor]) mkdirSync(folder);
    const json = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as Package &
      Record<string, unknown>;
    const all = { ...json.dependencies, ...json.devDependencies };
    const dependencies = Object.fromEntries(SIX.map((name) => [name, all[name]]));
    for (const name of ["package.json", "package-lock.json", ".npmrc"])
      cpSync(join(projectRoot, name), join(own, name));
    writeFileSync(
      join(floor, "package.json"),
      JSON.stringify({ private: true, dependencies, overrides: json.overrides }),
    );
    await run("npm", ["ci", "--ignore-scripts"], { cwd: own });
    await run("npm", ["install", "--ignore-scripts"], { cwd: floor });
    const [ours, six] = [size(join(own, "node_modules")), size(join(floor, "node_modules"))];
    const what = "the six necessary packages";
    return [
      {
        what: "`npm ci`, size",
        unit: "MB",
        value: spread([ours.bytes / 1e6]),
        floor: { what, value: spread([six.bytes / 1e6]) },
        target: { most: 1.3 },
      },
      {
        what: "`npm ci`, packages",
        unit: "packages",
        value: spread([ours.packages]),
        floor: { what, value: spread([six.packages]) },
        target: { most: 1.3 },
      },
    ];
  },
};

export const tests: Figure = {
  name: "test",
  async measure({ projectRoot }) {
    const times: number[] = [];
    for (let time = 0; time < 2; time++) {
      const start = performance.now();
      await run("npm", ["test"], { cwd: projectRoot, maxBuffer: 1e8 });
      times.push(performance.now() - start);
    }
    return [{ what: "`npm test`", unit: "ms", value: spread(times), target: { most: 20_000 } }];
  },
};

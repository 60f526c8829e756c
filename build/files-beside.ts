/** Files that a function has beside its bundle: npm packages with native code, and assets. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { bundleFolder } from "./bundle-folder";
import type { FunctionCode } from "./function-code";

export interface FilesBeside {
  /** Contents by path relative to the stack's folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** External packages whose native code does not run on Lambda, one line each. */
  readonly notes: readonly string[];
}

type PackageJson = Readonly<
  Record<"dependencies" | "optionalDependencies", Readonly<Record<string, string>> | undefined>
>;

/**
 * @param projectRoot absolute path
 * @throws Error on a package that is not installed, and on an asset that does not exist or lies outside of the project
 */
export function filesBeside(projectRoot: string, { entry, external, assets }: FunctionCode): FilesBeside {
  const files = new Map<string, Uint8Array>();
  const notes: string[] = [];
  const add = (file: string, path: string) => files.set(`${bundleFolder(entry)}/${path}`, readFileSync(file));
  for (const name of external) {
    const packages = closure(projectRoot, name);
    if (packages.size === 0) throw new Error(`${entry}: external must name installed packages, got ${name}`);
    const native: Uint8Array[] = [];
    for (const [path, folder] of packages) {
      for (const file of filesIn(folder)) {
        add(join(folder, file), `${path}/${file}`);
        if (file.endsWith(".node"))
          native.push(files.get(`${bundleFolder(entry)}/${path}/${file}`) ?? new Uint8Array());
      }
    }
    if (native.length > 0 && !native.some(isForLambda)) {
      notes.push(
        `${entry}: ${name} has no native code for Lambda (Linux, arm64): before a deployment install it, see docs/libraries.md`,
      );
    }
  }
  for (const asset of assets) {
    const source = join(projectRoot, asset);
    const path = relative(dirname(join(projectRoot, entry)), source).replaceAll("\\", "/");
    if (path.startsWith("..") || !existsSync(source)) {
      throw new Error(`${entry}: assets must be files or folders below ${dirname(entry)}/, got ${asset}`);
    }
    if (!statSync(source).isDirectory()) add(source, path);
    else for (const file of filesIn(source)) add(join(source, file), `${path}/${file}`);
  }
  return { files, notes };
}

/** A package and all its installed dependencies: folders by path in the bundle, `node_modules/sharp`. */
function closure(projectRoot: string, name: string): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (dependency: string, from: string) => {
    const folder = installed(dependency, from);
    if (folder === undefined) return;
    // A nested package keeps its place below the package that needs its version.
    const path = `node_modules/${folder
      .split(/[\\/]node_modules[\\/]/)
      .slice(1)
      .join("/node_modules/")
      .replaceAll("\\", "/")}`;
    if (found.has(path)) return;
    found.set(path, folder);
    const file = join(folder, "package.json");
    const json = (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}) as Partial<PackageJson>;
    for (const next of Object.keys({ ...json.dependencies, ...json.optionalDependencies }).sort()) visit(next, folder);
  };
  visit(name, projectRoot);
  return found;
}

/** Node's own look-up: `node_modules` of the folder, then of each folder above. */
function installed(name: string, from: string): string | undefined {
  const folder = join(from, "node_modules", name);
  if (existsSync(folder)) return folder;
  return dirname(from) === from ? undefined : installed(name, dirname(from));
}

/** Paths of all files below a folder, without packages nested in it, sorted. */
function filesIn(folder: string, path = ""): string[] {
  return readdirSync(join(folder, path), { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const below = path === "" ? entry.name : `${path}/${entry.name}`;
      return statSync(realpathSync(join(folder, below))).isDirectory() ? filesIn(folder, below) : [below];
    });
}

/** An ELF file for 64-bit ARM: https://man7.org/linux/man-pages/man5/elf.5.html */
function isForLambda(contents: Uint8Array): boolean {
  const EM_AARCH64 = 183;
  const header = Buffer.from(contents.subarray(0, 20));
  return header.toString("latin1", 0, 4) === "\x7fELF" && header.readUInt16LE(18) === EM_AARCH64;
}

/** The handlers' code: all entries in one esbuild run, the same bytes on any machine and in any folder. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ISynthesisSession, TerraformStack } from "cdktf";
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import { Construct } from "constructs";
import { buildSync } from "esbuild";

export interface BundleProps {
  /** Absolute path of the folder that entries are relative to. It leaves no trace in the output. */
  readonly projectRoot: string;
}

/** Folder of the bundles inside the stack's folder. */
const FOLDER = "functions";

/**
 * Collects entries while the stack is being built; builds them once, when it is validated; writes each to
 * `functions/<name>/index.mjs` with its source map beside it when the stack is written.
 */
export class Bundle extends Construct {
  private readonly entries = new Map<string, string>();
  private built: ReadonlyMap<string, Uint8Array> | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BundleProps,
  ) {
    super(scope, id);
    this.node.addValidation({ validate: () => this.problems() });
    addCustomSynthesis(this, { onSynthesize: (session) => this.write(session) });
  }

  /**
   * @param name unique in the stack
   * @param entry TypeScript file that exports `handler`, relative to the project root
   * @returns the bundle's folder, relative to the stack's folder
   * @throws Error when there is no such file
   */
  add(name: string, entry: string): string {
    if (!existsSync(join(this.props.projectRoot, entry))) {
      throw new Error(`entry must be an existing file, got ${entry}: create it with an exported \`handler\``);
    }
    this.entries.set(name, entry);
    return `${FOLDER}/${name}`;
  }

  private problems(): string[] {
    try {
      this.built ??= build(this.props.projectRoot, this.entries);
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  }

  private write(session: ISynthesisSession): void {
    const stack = session.manifest.forStack(TerraformStack.of(this));
    const folder = join(session.outdir, stack.workingDirectory, FOLDER);
    this.built ??= build(this.props.projectRoot, this.entries);
    for (const [path, contents] of this.built) {
      const file = join(folder, path);
      if (existsSync(file) && Buffer.compare(readFileSync(file), contents) === 0) continue;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, contents);
    }
    for (const stale of readdirSync(folder).filter((name) => !this.entries.has(name))) {
      rmSync(join(folder, stale), { recursive: true });
    }
  }
}

/** @returns file contents by path: `login/index.mjs`, `login/index.mjs.map`, ... */
function build(projectRoot: string, entries: ReadonlyMap<string, string>): Map<string, Uint8Array> {
  // Nothing is written here. The folder only fixes how source maps name their sources, wherever the output goes.
  const outdir = join(projectRoot, "bundle");
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: projectRoot,
    entryPoints: [...entries].map(([name, entry]) => ({ in: entry, out: `${name}/index` })),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    sourcemap: "linked",
    format: "esm",
    platform: "node",
    target: "node20",
    legalComments: "none",
    tsconfigRaw: {},
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  for (const [name, entry] of entries) {
    if (!metafile.outputs[`bundle/${name}/index.mjs`]?.exports.includes("handler")) {
      throw new Error(`${entry} must export \`handler\`, got a module without it`);
    }
  }
  return new Map(outputFiles.map((file) => [file.path.slice(outdir.length + 1).replaceAll("\\", "/"), file.contents]));
}

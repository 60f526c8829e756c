/** Loads new bundles as Lambda does at a cold start: what cannot be loaded there would be a 502 on every request. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Bundles } from "./bundle";
import { bundleFolder } from "./bundle-folder";
import type { FunctionCode } from "./function-code";

/** For all bundles together. */
const TIMEOUT_MS = 60_000;

/** Variables that Lambda sets and that libraries read when they are loaded. */
const LAMBDA = {
  AWS_REGION: "us-east-1",
  AWS_DEFAULT_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "none",
  AWS_SECRET_ACCESS_KEY: "none",
  AWS_LAMBDA_FUNCTION_NAME: "function",
  AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
  AWS_EXECUTION_ENV: "AWS_Lambda_nodejs",
  LAMBDA_TASK_ROOT: "/var/task",
};

/** A bundle's result: no cause if it could be loaded. */
interface Loaded {
  readonly cause?: string;
  /** Whether it failed after it had used the network or a variable that only exists on AWS. */
  readonly touched?: boolean;
}

/**
 * Imports the bundles with changed files in one process without network, in a temporary folder, so that no package of the project is
 * found that a zip would not contain.
 *
 * @param changed paths of the files that were not part of the last synth
 * @returns one line per bundle that could not be loaded because it needs AWS while it is loaded
 * @throws Error with one line per bundle that cannot be loaded: file and cause
 */
export async function loadBundles(
  bundles: Bundles,
  all: readonly FunctionCode[],
  changed: readonly string[],
): Promise<string[]> {
  const functions = all.filter(({ entry }) => changed.some((path) => path.startsWith(`${bundleFolder(entry)}/`)));
  if (functions.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), "bundles-"));
  try {
    for (const { entry } of functions) writeFolder(folder, bundleFolder(entry), bundles);
    const results = await run(
      folder,
      functions.map(({ entry, environment }) => ({
        file: pathToFileURL(join(folder, bundleFolder(entry), "index.mjs")).href,
        variables: Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value ?? null])),
      })),
    );
    const failed = functions.flatMap(({ entry }, index) => {
      const { cause, touched } = results[index] ?? {};
      return cause === undefined ? [] : [{ entry, touched, cause: cause.replaceAll(folder, "").trim() }];
    });
    const problems = failed.filter(({ touched }) => !touched);
    if (problems.length > 0) {
      throw new Error(
        problems
          .map(
            ({ entry, cause }) =>
              `${entry}: the bundle must load, got ${cause}\n  (a package with native code or files of its own must be \`external\` in the route or NodeFunction, another file \`assets\`)`,
          )
          .join("\n"),
      );
    }
    return failed.map(
      ({ entry, cause }) =>
        `${entry}: not checked whether the bundle loads, because it needs AWS while it does: ${cause}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeFolder(root: string, folder: string, bundles: Bundles): void {
  for (const [path, contents] of bundles) {
    if (!path.startsWith(`${folder}/`) || path.endsWith("index.mjs.map")) continue;
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
}

/**
 * By files, not messages: neither process waits for the other, busy as it may be.
 * @param folder gets the files
 */
async function run(
  folder: string,
  bundles: readonly { readonly file: string; readonly variables: object }[],
): Promise<Loaded[]> {
  const [list, results] = [join(folder, "list.json"), join(folder, "results.jsonl")];
  writeFileSync(list, JSON.stringify(bundles));
  writeFileSync(results, "");
  const child = spawn(process.execPath, [join(__dirname, "load.mjs"), list, results], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...LAMBDA },
    stdio: "ignore",
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), TIMEOUT_MS);
  const cause = await new Promise<string>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) =>
      resolve(signal ? `no end within ${TIMEOUT_MS / 1000} s` : `exit of the process with code ${code}`),
    );
  }).finally(() => clearTimeout(timer));
  const lines = readFileSync(results, "utf8").split("\n").slice(0, -1);
  const loaded = lines.map((line) => JSON.parse(line) as Loaded);
  return loaded.length < bundles.length ? [...loaded, { cause }] : loaded;
}

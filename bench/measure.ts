/** Repeated, interleaved measurements and their spread. */
import { spawn } from "node:child_process";
import { join } from "node:path";

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export const spread = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
  return { median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
};

/** Counted runs per candidate, after one warm-up run. */
export const RUNS = 5;

/**
 * Runs candidates in turn (A B A B ...), so that a change in the machine's speed affects all of them alike.
 * @param candidates each returns its measurement
 */
export async function interleaved<K extends string>(
  candidates: Readonly<Record<K, () => Promise<number>>>,
  runs = RUNS,
): Promise<Record<K, Spread>> {
  const names = Object.keys(candidates) as K[];
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let run = 0; run <= runs; run++) {
    for (const name of names) {
      const value = await candidates[name]();
      if (run > 0) values[name].push(value);
    }
  }
  return Object.fromEntries(names.map((name) => [name, spread(values[name])])) as Record<K, Spread>;
}

/** Node.js arguments of a synth, as in package.json. */
export const SYNTH = ["--require", "./build/register.cjs", "main.ts"];

export interface Run {
  /** From spawn to exit. */
  readonly milliseconds: number;
  /** Peak resident size of the process, without its children. */
  readonly megabytes: number;
  readonly output: string;
}

const REPORT_MEMORY = join(__dirname, "report-memory.cjs");

/**
 * Runs Node.js with these arguments.
 * @throws Error with the output when the process fails
 */
export function runNode(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Run> {
  const start = performance.now();
  const child = spawn(process.execPath, ["--require", REPORT_MEMORY, ...args], {
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const texts: [string, string, string] = ["", "", ""];
  for (const index of [0, 1, 2] as const) {
    child.stdio[index + 1]?.on("data", (chunk: Buffer) => {
      texts[index] += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const [output, errors, kilobytes] = texts;
      if (code !== 0) reject(new Error(`node ${args.join(" ")} ended with ${code}: ${errors || output}`));
      else resolve({ milliseconds: performance.now() - start, megabytes: Number(kilobytes) / 1024, output });
    });
  });
}

/** Child processes, each in its own process group, so that they end together with their children. */
import { type ChildProcess, spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

export type Environment = Readonly<Record<string, string>>;

export interface Finished {
  readonly code: number;
  /** Standard output alone. */
  readonly stdout: string;
  /** Standard output and error, in order of arrival. */
  readonly output: string;
}

const running = new Set<ChildProcess>();

/** Starts a process whose standard streams are pipes. It ends with the gate at the latest. */
export function start(command: string, args: readonly string[], cwd: string, env: Environment) {
  const child = spawn(command, args, { cwd, env, stdio: "pipe", detached: true });
  running.add(child);
  child.once("close", () => running.delete(child));
  return child;
}

/** @throws Error when there is no such command */
export function run(command: string, args: readonly string[], cwd: string, env: Environment): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = start(command, args, cwd, env);
    const chunks: { readonly error: boolean; readonly data: Buffer }[] = [];
    child.stdin.end();
    child.stdout.on("data", (data: Buffer) => chunks.push({ error: false, data }));
    child.stderr.on("data", (data: Buffer) => chunks.push({ error: true, data }));
    child.once("error", (error) => {
      running.delete(child);
      reject(error);
    });
    child.once("close", (code, signal) => {
      const text = (all: typeof chunks) => Buffer.concat(all.map(({ data }) => data)).toString("utf8");
      const ended = signal === null ? "" : `\nended by ${signal}`;
      resolve({
        code: code ?? 1,
        stdout: text(chunks.filter(({ error }) => !error)),
        output: text(chunks) + ended,
      });
    });
  });
}

/** As `run`. @throws Error when the command fails, with its output: of Terraform's, from the first error on */
export async function succeed(command: string, args: readonly string[], cwd: string, env: Environment) {
  const finished = await run(command, args, cwd, env);
  if (finished.code !== 0) {
    const output = stripVTControlCharacters(finished.output).trim();
    throw new Error(`${[command, ...args].join(" ")} failed:\n${output.slice(Math.max(0, output.indexOf("Error: ")))}`);
  }
  return finished;
}

export function end(child: ChildProcess): void {
  if (child.pid === undefined || !running.delete(child)) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has already ended.
  }
}

/** Kills every running process with its children: all their work is temporary. */
export function endAll(): void {
  for (const child of [...running]) end(child);
}

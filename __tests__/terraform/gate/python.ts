/** A Python with the emulator: the installed one if it has the pinned version, else a virtual environment. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { type Environment, run } from "./process";

const FOLDER = join(__dirname, "..", "emulator");
const REQUIREMENTS = join(FOLDER, "requirements.txt");

export const emulatorScript = (name: "serve" | "actions") => join(FOLDER, `${name}.py`);

/**
 * @returns the command to run Python with
 * @throws Error that names what is missing and how to get it
 */
export async function pythonWithEmulator(environment: Environment): Promise<string> {
  const requirements = readFileSync(REQUIREMENTS, "utf8");
  const version = /^moto==(.+)$/m.exec(requirements)?.[1];
  const probe = "import importlib.metadata as m, moto.server; print(m.version('moto'))";
  const own = await run("python3", ["-c", probe], FOLDER, environment).catch(() => undefined);
  if (own === undefined) {
    throw new Error("python3 is missing: install Python 3.10 or later with its venv module, for the emulator of AWS");
  }
  if (own.code === 0 && own.stdout.trim() === version) return "python3";
  return install(requirements, environment);
}

/** Into the temporary folder, under a name by content, so that the next run reuses it. */
async function install(requirements: string, environment: Environment): Promise<string> {
  const hash = createHash("sha256").update(requirements).digest("hex").slice(0, 12);
  const folder = join(tmpdir(), `cognito-api-emulator-${userInfo().uid}-${hash}`);
  const python = join(folder, "bin", "python3");
  const complete = join(folder, "complete");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(folder);
  if (uid !== userInfo().uid || (mode & 0o022) !== 0) {
    throw new Error(`${folder} must be writable by you only: remove it, another user created it`);
  }
  if (existsSync(complete)) return python;
  console.log(`installing the emulator into ${folder}`);
  for (const [command, args] of [
    ["python3", ["-m", "venv", "--clear", folder]],
    [python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS]],
  ] as const) {
    const { code, output } = await run(command, args, FOLDER, environment);
    if (code === 0) continue;
    rmSync(folder, { recursive: true, force: true });
    throw new Error(
      `the emulator is missing and could not be installed (pip needs a package index, Python 3.10 or later and its venv module):\n${output.trim()}`,
    );
  }
  writeFileSync(complete, "");
  return python;
}

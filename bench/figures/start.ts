/** The development loop: from `npm start` to the first response, and from a saved handler to its new response. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyProject } from "../../__tests__/terraform/gate/project";
import type { Figure } from "../figure";
import { interleaved, RUNS, runNode, spread } from "../measure";

/** A developer's pause between two changes. */
const BETWEEN_CHANGES_MS = 2000;

interface Started {
  readonly child: ChildProcess;
  readonly api: string;
  readonly milliseconds: number;
}

/** Starts the local API and waits for its first response. */
function start(folder: string): Promise<Started> {
  const begin = performance.now();
  const child = spawn(
    process.execPath,
    ["--require", "./build/register.cjs", "local/main.ts", "--port", "0", "--cognito-port", "0"],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", async (chunk: Buffer) => {
        output += chunk;
        const api = /^API +(\S+)$/m.exec(output)?.[1];
        if (!api) return;
        stream.removeAllListeners("data").resume();
        await fetch(`${api}/echo`);
        resolve({ child, api, milliseconds: performance.now() - begin });
      });
    }
    child.on("close", (code) => reject(new Error(`the local API ended with ${code}: ${output}`)));
  });
}

async function stop({ child }: Started): Promise<void> {
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill();
  await closed;
}

/** Milliseconds from saving a handler to the first response of the new version. */
async function reload(folder: string, api: string, mark: number): Promise<number> {
  const file = join(folder, "functions/logout.ts");
  const source = readFileSync(file, "utf8").replace(/purpose: "[^"]*"/, `purpose: "to try ${mark}"`);
  const begin = performance.now();
  writeFileSync(file, source);
  for (;;) {
    const response = await fetch(`${api}/user/logout`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    if ((await response.text()).includes(`to try ${mark}`)) return performance.now() - begin;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const startAndReload: Figure = {
  name: "start",
  async measure({ scratch }) {
    const folder = join(scratch, "start");
    copyProject(folder);
    const time = await interleaved({
      own: async () => {
        const started = await start(folder);
        await stop(started);
        return started.milliseconds;
      },
      floor: async () => (await runNode(["--eval", "0"])).milliseconds,
    });
    const started = await start(folder);
    const reloads: number[] = [];
    try {
      for (let run = 0; run <= RUNS; run++) {
        await new Promise((resolve) => setTimeout(resolve, BETWEEN_CHANGES_MS));
        reloads.push(await reload(folder, started.api, run));
      }
    } finally {
      await stop(started);
    }
    return [
      {
        what: "`npm start` to the first response, without npm itself",
        unit: "ms",
        value: time.own,
        target: { most: 1500 },
      },
      { what: "`node` start", unit: "ms", value: time.floor },
      {
        what: "reload after a change of a handler",
        unit: "ms",
        value: spread(reloads.slice(1)),
        target: { most: 300 },
      },
    ];
  },
};

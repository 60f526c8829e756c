/** A private route under load, against a bare `node:http` server. The load comes from a separate process. */
import { spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { startLocal } from "../../local/server";
import type { Figure } from "../figure";
import { interleaved, runNode, type Spread, SYNTH } from "../measure";

const CONNECTIONS = 50;
const SECONDS = 3;

/** Keeps this many requests in flight for some seconds; prints requests per second and the 99th percentile in ms. */
const CLIENT = `
import { Agent, get } from "node:http";
const [url, token, connections, seconds] = process.argv.slice(1);
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const end = performance.now() + Number(seconds) * 1000;
const times = [];
const one = () => new Promise((resolve, reject) => {
  const start = performance.now();
  get(url, { agent, headers: { authorization: token } }, (response) => {
    if (response.statusCode !== 200) reject(new Error("status " + response.statusCode));
    response.resume().on("end", () => resolve(times.push(performance.now() - start)));
  }).on("error", reject);
});
const loop = async () => { while (performance.now() < end) await one(); };
await Promise.all(Array.from({ length: Number(connections) }, loop));
agent.destroy();
times.sort((a, b) => a - b);
console.log(JSON.stringify({ rate: times.length / Number(seconds), p99: times[Math.floor(times.length * 0.99)] }));
`;

function hammer(url: string, token: string): Promise<{ rate: number; p99: number }> {
  const args = ["--input-type=module", "--eval", CLIENT, url, token, String(CONNECTIONS), String(SECONDS)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code) =>
      code === 0 ? resolve(JSON.parse(output)) : reject(new Error(`the load ended with ${code}`)),
    );
  });
}

async function bareServer(): Promise<Server> {
  const body = JSON.stringify({ message: "success", error: false, success: true, data: {} });
  const server = createServer((_, res) => res.writeHead(200, { "Content-Type": "application/json" }).end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** The local API without effective throttling, and a token issued by its Cognito. */
async function signedInApi(projectRoot: string, scratch: string) {
  const env = { CDKTF_OUTDIR: join(scratch, "load.out"), THROTTLE_RATE: "10000", THROTTLE_BURST: "5000" };
  await runNode(SYNTH, { cwd: projectRoot, env });
  let code = "";
  const local = await startLocal({
    folder: join(env.CDKTF_OUTDIR, "stacks/dev"),
    port: 0,
    cognitoPort: 0,
    // A fast clock refills the token bucket faster than this machine can drain it.
    now: () => Math.floor(performance.timeOrigin + performance.now() * 20),
    log: () => {},
    deliver: (message) => {
      code = message.code;
    },
  });
  const post = async (path: string, body: unknown) => {
    const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    return (await (await fetch(`${local.apiUrl}/v1${path}`, init)).json()) as { data: Record<string, string> };
  };
  const user = { username: "ada", password: "Correct-Horse-7-Battery" };
  await post("/user/sign-up", { ...user, email: "ada@example.com" });
  await post("/user/confirm-sign-up", { username: user.username, code });
  return { local, token: (await post("/user/login", user)).data.id_token ?? "" };
}

export const load: Figure = {
  name: "load",
  async measure({ projectRoot, scratch }) {
    const { local, token } = await signedInApi(projectRoot, scratch);
    const bare = await bareServer();
    const bareUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`;
    const p99: Record<"own" | "floor", number[]> = { own: [], floor: [] };
    const measured = (side: "own" | "floor", url: string) => async () => {
      const result = await hammer(url, token);
      p99[side].push(result.p99);
      return result.rate;
    };
    const rate = await interleaved({
      own: measured("own", `${local.apiUrl}/v1/echo`),
      floor: measured("floor", bareUrl),
    }).finally(async () => {
      bare.close();
      await local.close();
    });
    const sorted = (values: number[]): Spread => {
      const [median = Number.NaN] = [...values].sort((a, b) => a - b).slice(Math.floor(values.length / 2));
      return { median, min: Math.min(...values), max: Math.max(...values) };
    };
    const what = "bare `node:http`";
    return [
      {
        what: `private route, ${CONNECTIONS} connections`,
        unit: "requests/s",
        value: rate.own,
        floor: { what, value: rate.floor },
        target: { least: 1 / 3 },
      },
      { what: "private route, p99", unit: "ms", value: sorted(p99.own), floor: { what, value: sorted(p99.floor) } },
    ];
  },
};

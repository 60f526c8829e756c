/** `npm start` and `npm run serve` as their users run them: processes of their own. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ref, restStack, writeStack } from "./api-gateway/rest-stack";

const root = join(__dirname, "..", "..");
const cleanups: (() => void)[] = [];
afterAll(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A copy of the project, for tests that change it. */
function copyOfProject(): string {
  const folder = mkdtempSync(join(tmpdir(), "project-"));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const folders = ["build", "constructs", "functions", "local", "openapi", "quotas"];
  const files = readdirSync(root).filter((name) => /^(\w+\.ts|package\.json|tsconfig\.json)$/.test(name));
  for (const name of [...folders, ...files]) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** `line` waits for a pattern in the output after its previous match. */
function run(folder: string, ...options: string[]) {
  return runWith({}, folder, ...options);
}
function runWith(env: Record<string, string>, folder: string, ...options: string[]) {
  const child: ChildProcess = spawn(
    process.execPath,
    ["--require", "./build/register.cjs", "local/main.ts", ...options, "--port", "0", "--cognito-port", "0"],
    { cwd: folder, stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } },
  );
  cleanups.push(() => child.kill("SIGKILL"));
  let unread = "";
  let wake = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      unread += chunk;
      wake();
    });
  }
  const exit = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  const line = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = pattern.exec(unread);
      if (match) {
        unread = unread.slice(match.index + match[0].length);
        return match;
      }
      const ended = await Promise.race([
        exit.then(() => true),
        new Promise<false>((resolve) => (wake = () => resolve(false))),
      ]);
      if (ended && !pattern.test(unread)) throw new Error(`ended without ${pattern}:\n${unread}`);
    }
  };
  return { child, line, exit, rest: () => unread };
}

test.concurrent("synthesizes, serves, reloads on a change, survives an error in it, and ends at once", async () => {
  const folder = copyOfProject();
  const started = run(folder);
  await started.line(/Terraform +cdktf\.out\/stacks\/dev\/cdk\.tf\.json\n/);
  const [, api] = await started.line(/API +(\S+)\n/);
  await started.line(/GET +\/echo +private/);
  expect((await fetch(`${api}/echo`)).status).toBe(401);

  const routes = join(folder, "routes.ts");
  const before = readFileSync(routes, "utf8");
  writeFileSync(routes, before.replace('path: "/hello"', 'path: "/hi"'));
  await started.line(/GET +\/hi +private/);
  await started.line(/Reloaded in \d+ ms/);
  expect((await fetch(`${api}/hi`)).status).toBe(401);

  writeFileSync(routes, before.replace('path: "/hello"', 'path: "hello"'));
  await started.line(/GET hello: path must be[^\n]*\nNot reloaded: the previous stack stays in service/);
  expect((await fetch(`${api}/hi`)).status).toBe(401);

  writeFileSync(join(folder, "functions/echo.ts"), "export const handler = (;\n");
  writeFileSync(routes, before);
  await started.line(/functions\/echo\.ts:1:\d+: ERROR/);
  writeFileSync(join(folder, ".env"), "API_STAGE=v 2\n");
  await started.line(/API_STAGE must be/);

  started.child.kill("SIGINT");
  expect(await started.exit).toBe(0);
});

test.concurrent("names the line of a bug in the stack's source", async () => {
  const folder = copyOfProject();
  const file = join(folder, "stack.ts");
  const lines = readFileSync(file, "utf8").split("\n");
  const at = lines.findIndex((line) => line.includes("const name ="));
  lines.splice(at, 0, '    JSON.parse("a bug");');
  writeFileSync(file, lines.join("\n"));
  const started = run(folder);
  expect(await started.exit).toBe(1);
  expect(started.rest()).toContain(`stack.ts:${at + 1}:`);
});

test("reports a problem of the stack alone, though a handler fails to build as well", async () => {
  const folder = copyOfProject();
  const routes = join(folder, "routes.ts");
  writeFileSync(routes, readFileSync(routes, "utf8").replace('reason: "issues the token",', ""));
  writeFileSync(join(folder, "functions/login.ts"), "export const broken = ;");
  const started = run(folder);
  expect(await started.exit).toBe(1);
  expect(started.rest()).toContain("POST /user/login");
  expect(started.rest()).not.toContain("functions/login.ts");
});

/** A folder as a synth leaves it, with its API at the stage `v7`. */
function synthesized(): string {
  const values = {
    authorization: "COGNITO_USER_POOLS",
    authorizer_id: ref("aws_api_gateway_authorizer.authorizer.id"),
  };
  const json = restStack([{ method: "GET", path: "/echo", function: "echo", values }]);
  Object.assign(json.resource.aws_api_gateway_stage?.stage ?? {}, { stage_name: "v7" });
  return writeStack(json);
}

test.concurrent("serves a folder that was synthesized elsewhere", async () => {
  const started = run(root, "serve", synthesized());
  const [, api] = await started.line(/API +(\S+)\n/);
  expect(api).toMatch(/\/v7$/);
  expect((await fetch(`${api}/echo`)).status).toBe(401);
  started.child.kill("SIGTERM");
  expect(await started.exit).toBe(0);
});

test.concurrent("fails in one clear line for a folder that it cannot serve", async () => {
  const started = run(root, "serve", join(root, "nowhere"));
  expect(await started.exit).toBe(1);
  expect(started.rest()).toMatch(/^\S*nowhere[^\n]* not a synthesized stack[^\n]*\n$/);
});

test.concurrent("fails for an unknown option, which it names before the usage text", async () => {
  const started = run(root, "--prot", "1");
  expect(await started.exit).toBe(1);
  expect(started.rest()).toMatch(/^Unknown option '--prot'\n\nnpm start /);
});

test.concurrent("prints its usage for --help", async () => {
  const started = run(root, "--help");
  expect(await started.exit).toBe(0);
  expect(started.rest()).toContain("--cognito-port");
});

test.concurrent("exits without an error when the reader of its output ends", async () => {
  const started = run(root, "serve", synthesized());
  const [, cognito = ""] = await started.line(/Cognito +(\S+)\n/);
  started.child.stdout?.destroy();
  await fetch(cognito, { method: "POST" }).catch(() => {}); // prints a line, which fails
  expect(await started.exit).toBe(0);
  expect(started.rest()).not.toContain("EPIPE");
});

test.concurrent.each([undefined, "elsewhere"])(
  "prints the source line of a handler's error with the absolute CDKTF_OUTDIR %s",
  async (name) => {
    const folder = copyOfProject();
    const file = join(folder, "functions/sign-up.ts");
    writeFileSync(file, '\n\nexport const handler = async (): Promise<never> => {\n  throw new Error("a bug");\n};\n');
    const outdir = mkdtempSync(join(tmpdir(), "outdir-"));
    cleanups.push(() => rmSync(outdir, { recursive: true, force: true }));
    const started = runWith(name === undefined ? {} : { CDKTF_OUTDIR: join(outdir, name) }, folder);
    const [, api] = await started.line(/API +(\S+)\n/);
    const body = JSON.stringify({ username: "ada", password: "Correct-Horse-7-Battery", email: "ada@example.com" });
    await fetch(`${api}/user/sign-up`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    const [, source] = await started.line(/ERROR +at \w* ?\(?(?:file:\/\/)?(\S*functions\/sign-up\.ts):4:\d+/);
    if (name === undefined) expect(source).toBe(realpathSync(file));
  },
);

test.concurrent("npm run invoke runs a function by the end of its name, and prints its log and its result", async () => {
  const json = restStack([{ method: "GET", path: "/nightly", function: "dev-nightly" }]);
  const nightly = `export const handler = async (event) => {
    console.log("sweeping");
    if (event.fail) throw new Error("no broom");
    return { swept: event.rooms };
  };`;
  const served = run(root, "serve", writeStack(json, { "dev-nightly": nightly }));
  const [, port = ""] = await served.line(/Cognito +http:\/\/127\.0\.0\.1:(\d+)\n/);
  const folder = mkdtempSync(join(tmpdir(), "event-"));
  const invoke = (name: string, event: object) => {
    writeFileSync(join(folder, "event.json"), JSON.stringify(event));
    const args = [
      "--require",
      "./build/register.cjs",
      "local/invoke.ts",
      name,
      join(folder, "event.json"),
      "--cognito-port",
      port,
    ];
    return promisify(execFile)(process.execPath, args, { cwd: root });
  };
  expect(await invoke("nightly", { rooms: 3 })).toEqual({
    stdout: '{\n  "swept": 3\n}\n',
    stderr: "[dev-nightly] INFO sweeping\n",
  });
  await expect(invoke("nightly", { fail: true })).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('"errorMessage": "no broom"'),
  });
  await expect(invoke("daily", {})).rejects.toMatchObject({ stderr: 'NAME must be one of dev-nightly, got "daily"\n' });
});

/** The endpoint that the README adds, pasted into a copy of the project, synthesized and called. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, serve, shareKeys, signedIn } from "./support/client";

shareKeys();

const root = join(__dirname, "..");
const [, block = ""] =
  /```ts\n(\/\/ functions\/shared\/greetings\.ts\n.*?)```/s.exec(readFileSync(join(root, "README.md"), "utf8")) ?? [];
/** By file, without the comment that names it. */
const files = new Map(
  block.split(/^\/\/ (?=[\w/.-]+\.ts$)/m).flatMap((part) => {
    const [name = "", ...lines] = part.split("\n");
    return name ? [[name, lines.join("\n")] as const] : [];
  }),
);

let copy: string;
let client: Client;
beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), "readme-"));
  const needed = [
    "functions",
    "constructs",
    "build",
    "openapi",
    "quotas",
    "cdktf.json",
    "package.json",
    "tsconfig.json",
  ];
  for (const name of [...needed, ...readdirSync(root).filter((file) => file.endsWith(".ts"))]) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  for (const [name, text] of files) if (name !== "routes.ts") writeFileSync(join(copy, name), text);
  const [imports = "", row = ""] = files.get("routes.ts")?.split("\n\n") ?? [];
  // A table of its own, since a project may have this endpoint already.
  const table = [
    'import type { Route } from "./constructs/api/route";',
    imports,
    'const scopes = ["aws.cognito.signin.user.admin"] as const;',
    `export const routes: readonly Route[] = [\n${row}];\n`,
  ];
  writeFileSync(join(copy, "routes.ts"), table.join("\n"));
  const args = ["--require", "./build/register.cjs", "main.ts"];
  const { PATH = "", HOME = "" } = process.env;
  execFileSync(process.execPath, args, { cwd: copy, encoding: "utf8", env: { PATH, HOME } });
  client = await serve(join(copy, "cdktf.out/stacks/dev"));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test("the README names the three files of an endpoint", () => {
  expect([...files.keys()]).toEqual(["functions/shared/greetings.ts", "functions/greet.ts", "routes.ts"]);
});

test("the README's endpoint responds as it says", async () => {
  const { id_token: token } = await signedIn(client);
  const put = async (body: object, headers: Record<string, string>) => {
    const response = await client.request("PUT", "/greetings/Grace", headers, JSON.stringify(body));
    return [response.status, await response.json()];
  };
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
  const data = { greeting: "Hello, Grace!", from: expect.stringMatching(/^[\da-f-]{36}$/) };
  const failed = { error: true, success: false, data: null };
  expect(await put({ text: "Hello", loud: true }, headers)).toEqual([
    200,
    { message: "success", error: false, success: true, data },
  ]);
  expect(await put({}, headers)).toEqual([400, { message: "Please provide text to greet", ...failed }]);
  expect(await put({ text: "Hello" }, { "Content-Type": "application/json" })).toEqual([
    401,
    { message: "Unauthorized", ...failed },
  ]);
});

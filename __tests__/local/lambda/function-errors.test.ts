import { rmSync } from "node:fs";
import { join } from "node:path";
import { StackError } from "../../../local/terraform/read-stack";

import { failure, open, value } from "./support";

test.each<[string, string, object]>([
  [
    "throws an error",
    'throw new TypeError("bad")',
    { errorType: "TypeError", errorMessage: "bad", trace: expect.any(Array) },
  ],
  ["throws a value that is not an error", 'throw "text"', { errorType: "string", errorMessage: "text" }],
  ["rejects with nothing", "return Promise.reject()", { errorType: "undefined", errorMessage: "undefined" }],
  ["returns a value that JSON cannot hold", "return 1n", { errorType: "TypeError" }],
  ["returns more than 6 MB", 'return "x".repeat(6_300_000)', { errorType: "Function.ResponseSizeTooLarge" }],
  [
    "calls process.exit",
    "process.exit(3)",
    { errorType: "Runtime.ExitError", errorMessage: expect.stringMatching(/exit status 3$/) },
  ],
  ["never settles and waits for nothing", "return new Promise(() => {})", { errorType: "Runtime.ExitError" }],
  [
    "throws outside its promise",
    "setTimeout(() => { throw new Error('late') }); return new Promise(() => {})",
    { errorType: "Error", errorMessage: "late" },
  ],
])("reports a handler that %s, and serves the next event", async (_, body, error) => {
  const { invoke } = open(`export const handler = async ({ bad }) => { if (bad) { ${body} } return "fine"; };`);
  expect(failure(await invoke({ bad: true }))).toMatchObject(error);
  expect(value(await invoke())).toBe("fine");
});

test("reports a function that needs more memory than it has", async () => {
  const { invoke } = open(
    "export const handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill({}).map(() => ({}))); };",
    { memory_size: 32, timeout: 20 },
  );
  expect(failure(await invoke())).toMatchObject({ errorType: "Runtime.OutOfMemory" });
});

test.each<[string, string, object]>([
  ["throws while it loads", 'throw new RangeError("no table");', { errorType: "RangeError", errorMessage: "no table" }],
  ["does not parse", "export const = 1;", { errorType: "SyntaxError" }],
  ["does not export the handler", "export const other = 1;", { errorType: "Runtime.HandlerNotFound" }],
  ["exits while it loads", "process.exit(1);", { errorType: "Runtime.ExitError" }],
])("reports a bundle that %s, at every event", async (_, source, error) => {
  const { invoke, logs } = open(source);
  expect(failure(await invoke())).toMatchObject(error);
  expect(failure(await invoke())).toMatchObject(error);
  expect(logs.every((line) => line.startsWith("[one] "))).toBe(true);
});

test("rejects a callback handler from Node.js 24 on and runs it before", async () => {
  const source = "export const handler = (event, context, callback) => callback(null, 1);";
  expect(failure(await open(source).invoke())).toMatchObject({ errorType: "Runtime.CallbackHandlerDeprecated" });
  expect(value(await open(source, { runtime: "nodejs22.x" }).invoke())).toBe(1);
});

test.each<[string, Record<string, unknown>, (folder: string) => void, RegExp]>([
  [
    "a bundle folder that is missing",
    {},
    (folder) => rmSync(join(folder, "functions"), { recursive: true }),
    /^data\.archive_file\.one: the bundle folder functions\/one is missing$/,
  ],
  [
    "a handler file that is missing",
    { handler: "main.handler" },
    () => undefined,
    /^aws_lambda_function\.one: no file for handler main\.handler in the bundle, which holds index\.mjs$/,
  ],
  [
    "a package that is not an archive of the stack",
    { filename: "other.zip" },
    () => undefined,
    /^aws_lambda_function\.one: the archive other\.zip is missing$/,
  ],
  [
    "a runtime other than Node.js",
    { runtime: "python3.13" },
    () => undefined,
    /runtime python3\.13 is not served locally$/,
  ],
  [
    "a variable that Lambda reserves",
    { environment: { variables: { AWS_REGION: "x" } } },
    () => undefined,
    /AWS_REGION is reserved by Lambda/,
  ],
  [
    "a role of another stack",
    { role: "arn:aws:iam::1:role/other" },
    () => undefined,
    /^arn:aws:iam::1:role\/other: this role is not declared/,
  ],
])("rejects %s in one line", (_, values, change, message) => {
  const attempt = () => open("export const handler = async () => 1;", values, change);
  expect(attempt).toThrow(StackError);
  expect(attempt).toThrow(message);
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIam } from "../../../local/aws/iam";
import { createFunctions } from "../../../local/lambda/functions";
import { readStack } from "../../../local/terraform/read-stack";
import { restStack, writeStack } from "../api-gateway/rest-stack";

import { failure, open, value } from "./support";

test("runs a handler with its event, found by name or by ARN", async () => {
  const { functions, invoke, stack } = open("export const handler = async ({ a }) => ({ b: a + 1 });");
  expect(value(await invoke({ a: 1 }))).toEqual({ b: 2 });
  const arn = String(stack.resources("aws_lambda_function")[0]?.values["arn"]);
  expect(value(await functions.invoke(arn, '{"a":2}'))).toEqual({ b: 3 });
});

test("gives a function exactly the JSON's variables, Lambda's own and the local endpoint", async () => {
  process.env["DEVELOPER_SECRET"] = "canary";
  const { invoke, stack } = open("export const handler = async () => process.env;", {
    environment: [{ variables: { GIVEN: "1", NODE_OPTIONS: "--enable-source-maps" } }],
    logging_config: { log_format: "JSON", log_group: "/logs/one" },
    memory_size: 256,
  });
  const credentials = createIam(stack).roleCredentials(String(stack.resources("aws_iam_role")[0]?.values["arn"]));
  expect(value(await invoke())).toEqual({
    GIVEN: "1",
    NODE_OPTIONS: "--enable-source-maps",
    AWS_ENDPOINT_URL: "http://127.0.0.1:9229",
    _HANDLER: "index.handler",
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: "one",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_FORMAT: "JSON",
    AWS_LAMBDA_LOG_GROUP_NAME: "/logs/one",
    AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    LAMBDA_TASK_ROOT: expect.stringMatching(/functions.one$/),
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
  });
  delete process.env["DEVELOPER_SECRET"];
});

test("keeps a function from reaching the real AWS, and points queue URLs to the local endpoint", async () => {
  const url = "https://sqs.eu-west-1.amazonaws.com/000000000000/jobs";
  const source = `export const handler = async () => {
    const failure = await fetch(${JSON.stringify(url)}).catch((error) => error);
    return [process.env.QUEUE_URL, failure.cause?.message];
  };`;
  const { invoke } = open(source, { environment: { variables: { QUEUE_URL: url } } });
  expect(value(await invoke())).toEqual([
    "http://127.0.0.1:9229/000000000000/jobs",
    "sqs.eu-west-1.amazonaws.com cannot be reached from a local function: AWS_ENDPOINT_URL is its endpoint for AWS",
  ]);
});

test("gives the handler AWS's context", async () => {
  const { invoke } = open("export const handler = async (_, c) => ({ ...c, left: c.getRemainingTimeInMillis() });", {
    timeout: 3,
  });
  const context = value(await invoke()) as { left: number };
  expect(context).toEqual({
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    callbackWaitsForEmptyEventLoop: true,
    functionName: "one",
    functionVersion: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:eu-west-1:000000000000:function:one",
    left: expect.any(Number),
    logGroupName: "/aws/lambda/one",
    memoryLimitInMB: "128",
  });
  expect(context.left).toBeGreaterThan(2000);
  expect(context.left).toBeLessThanOrEqual(3000);
});

test("keeps globals between events", async () => {
  const { invoke } = open("let count = 0; export const handler = async () => ++count;");
  expect([value(await invoke()), value(await invoke()), value(await invoke())]).toEqual([1, 2, 3]);
});

test("keeps the globals of two functions apart", async () => {
  const json = restStack(["one", "two"].map((name) => ({ method: "GET", path: `/${name}`, function: name })));
  const source = "export const handler = async () => (globalThis.count = (globalThis.count ?? 0) + 1);";
  const stack = readStack(writeStack(json, { one: source, two: source }));
  const functions = createFunctions({
    stack,
    iam: createIam(stack),
    environment: () => ({}),
    log: () => undefined,
  });
  const counts = [];
  for (const name of ["one", "one", "two"]) counts.push(value(await functions.invoke(name, "{}")));
  await functions.close();
  expect(counts).toEqual([1, 2, 1]);
});

test("starts further instances for concurrent events, each with one event at a time", async () => {
  const { invoke } = open(`
    const id = Math.random(); let active = 0, most = 0;
    export const handler = async () => {
      most = Math.max(most, ++active);
      await new Promise((resolve) => setTimeout(resolve, 150));
      active--;
      return { id, most };
    };`);
  const results = (await Promise.all(Array.from({ length: 6 }, () => invoke()))).map(value) as {
    id: number;
    most: number;
  }[];
  expect(new Set(results.map(({ id }) => id)).size).toBeGreaterThan(1);
  expect(results.map(({ most }) => most)).toEqual([1, 1, 1, 1, 1, 1]);
});

test("never runs more instances than the function reserves", async () => {
  const source = `const id = Math.random();
    export const handler = () => new Promise((resolve) => setTimeout(resolve, 50, id));`;
  const { invoke } = open(source, { reserved_concurrent_executions: 2 });
  const ids = (await Promise.all(Array.from({ length: 8 }, () => invoke()))).map(value);
  expect(new Set(ids).size).toBe(2);
});

test("returns each of many concurrent quick events its own result", async () => {
  const { invoke } = open("export const handler = async ({ n }) => n;");
  const results = await Promise.all(Array.from({ length: 500 }, (_, n) => invoke({ n })));
  expect(results.map(value)).toEqual(Array.from({ length: 500 }, (_, n) => n));
});

test("ends an event at the function's time-out and serves the next one from a new instance", async () => {
  const { invoke } = open(
    "let used = 0; export const handler = async ({ hang }) => { used++; while (hang); return used; };",
    { timeout: 1 },
  );
  expect(value(await invoke())).toBe(1);
  const [late, after] = await Promise.all([invoke({ hang: true }), invoke()]);
  expect(failure(late)).toMatchObject({
    errorType: "Sandbox.Timedout",
    errorMessage: expect.stringMatching(/Task timed out after 1\.00 seconds$/),
  });
  expect(value(after)).toBe(1);
});

test("drain finishes running and queued events, then stops the instances without an error", async () => {
  const { functions, invoke, logs } = open(
    "export const handler = () => new Promise((resolve) => setTimeout(resolve, 100, 1));",
    { reserved_concurrent_executions: 1 },
  );
  const results = [invoke(), invoke()];
  await functions.close({ drain: true });
  expect((await Promise.all(results)).map(value)).toEqual([1, 1]);
  expect(logs).toEqual([]);
});

test("close without drain fails running and queued events, and later ones", async () => {
  const { functions, invoke, logs } = open(
    "export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));",
    { reserved_concurrent_executions: 1 },
  );
  const results = [invoke(), invoke()];
  await functions.close();
  for (const result of [...results, invoke()]) {
    expect(failure(await result)).toMatchObject({ errorType: "Runtime.ExitError" });
  }
  expect(logs).toEqual([]);
});

test("runs every event once, though instances time out and crash in between", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "events-")), "events");
  const source = `import { appendFileSync } from "node:fs";
    export const handler = async ({ n }) => {
      appendFileSync(${JSON.stringify(file)}, n + "\\n");
      if (n % 40 === 7) process.exit(1);
      if (n === 60) await new Promise((resolve) => setTimeout(resolve, 60_000));
      return n;
    };`;
  const { invoke } = open(source, { timeout: 1, reserved_concurrent_executions: 3 });
  await Promise.all(Array.from({ length: 100 }, (_, n) => invoke({ n })));
  const ran = readFileSync(file, "utf8").trim().split("\n").map(Number);
  expect(ran.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, n) => n));
});

test("replaces an instance that crashes while it is idle", async () => {
  const { invoke, logs } = open(`let used = 0; export const handler = async ({ crash }) => {
    if (crash) setTimeout(() => { throw new Error("late"); }, 20); return ++used; };`);
  expect(value(await invoke({ crash: true }))).toBe(1);
  while (logs.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(value(await invoke())).toBe(1);
});

test("finds a handler that was bundled as CommonJS", async () => {
  const { invoke } = open("", {}, (folder) => {
    rmSync(join(folder, "functions/one/index.mjs"));
    writeFileSync(join(folder, "functions/one/index.cjs"), "exports.handler = async () => 'cjs';");
  });
  expect(value(await invoke())).toBe("cjs");
});

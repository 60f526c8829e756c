import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Local, type LocalOptions, startLocal } from "../../local/server";
import { ref, restStack, writeStack } from "./api-gateway/rest-stack";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const folder = writeStack(restStack([{ method: "GET", path: "/echo", function: "echo" }]));
const lines: string[] = [];

async function start(options: Partial<LocalOptions> = {}): Promise<Local> {
  const log = (line: string) => lines.push(line);
  const local = await startLocal({
    folder,
    port: 0,
    cognitoPort: 0,
    now: Date.now,
    log,
    deliver: () => {},
    ...options,
  });
  cleanups.push(local.close);
  return local;
}

async function otherServer(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => server.close());
  return server;
}
const portOf = (server: Server) => (server.address() as AddressInfo).port;

test("listens on loopback only", async () => {
  const local = await start();
  expect(local.apiUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(local.cognitoUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test("does not listen when the stack cannot be served", async () => {
  const server = await otherServer();
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  await expect(start({ folder: "nowhere", port, cognitoPort: port })).rejects.toThrow("not a synthesized stack");
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
});

test.each(["port", "cognitoPort"])("rejects a %s that is taken, in one line", async (name) => {
  const port = portOf(await otherServer());
  const setting = name === "port" ? "PORT" : "COGNITO_PORT";
  await expect(start({ [name]: port })).rejects.toThrow(
    `${setting} must be a free port, got ${port}: another process listens there`,
  );
});

test("stops listening when it is closed", async () => {
  const local = await start();
  await local.close();
  await expect(fetch(local.apiUrl)).rejects.toThrow();
});

const responseTo = (url: string, host: string) =>
  new Promise<{ status: number | undefined; body: string }>((resolve) =>
    get(url, { headers: { host } }, async (response) => {
      let body = "";
      for await (const chunk of response) body += chunk;
      resolve({ status: response.statusCode, body });
    }),
  );

test.each(["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"])(
  "responds 421 to the Host %s and says why, in the body and on the terminal",
  async (host) => {
    const local = await start();
    const reason = `Host must be 127.0.0.1 or localhost, got "${host}": protection against DNS rebinding`;
    for (const url of [local.apiUrl, local.cognitoUrl]) {
      expect(await responseTo(url, host)).toEqual({ status: 421, body: `${reason}\n` });
      expect(lines.at(-1)).toBe(`421  ${reason}`);
    }
  },
);

test.each(["localhost", "LOCALHOST:3001", "127.0.0.1"])("accepts the Host %s", async (host) => {
  const local = await start();
  expect((await responseTo(`${local.apiUrl}/v1/echo`, host)).status).toBe(200);
});

test.each([true, false])("runs a trigger of the pool when its permission is %s", async (permitted) => {
  const json = restStack([{ method: "GET", path: "/hook", function: "hook" }]);
  const pool = ref("aws_cognito_user_pool.pool.arn");
  Object.assign(json.resource.aws_cognito_user_pool?.pool ?? {}, {
    lambda_config: [{ pre_sign_up: ref("aws_lambda_function.hook.arn") }],
  });
  const permission = { function_name: "hook", action: "lambda:InvokeFunction", principal: "cognito-idp.amazonaws.com" };
  if (permitted)
    Object.assign(json.resource.aws_lambda_permission ?? {}, { pool: { ...permission, source_arn: pool } });
  const hook = 'export const handler = async (event) => { throw new Error("closed for " + event.userName); };';
  const local = await start({ folder: writeStack(json, { hook }) });
  const response = await fetch(local.cognitoUrl, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": "AWSCognitoIdentityProviderService.SignUp",
    },
    body: JSON.stringify({
      ClientId: local.stack.resources("aws_cognito_user_pool_client")[0]?.values.id,
      Username: "ada",
      Password: "Correct-Horse-7-Battery",
    }),
  });
  expect(await response.json()).toMatchObject({
    message: permitted
      ? "PreSignUp failed with error closed for ada."
      : "PreSignUp invocation failed due to error AccessDeniedException.",
  });
});

test("responds 431 to more than 10,240 bytes of headers, as API Gateway's limit is", async () => {
  const { apiUrl } = await start();
  const status = async (length: number) =>
    (await fetch(`${apiUrl}/v1/echo`, { headers: { "x-long": "a".repeat(length), connection: "close" } })).status;
  expect(await status(9_000)).not.toBe(431);
  expect(await status(10_300)).toBe(431);
});

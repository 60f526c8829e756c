import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGateway, type GatewayOptions } from "../../../local/api-gateway/gateway";
import { createIam } from "../../../local/aws/iam";
import { createFunctions, type Functions } from "../../../local/lambda/functions";
import { readStack } from "../../../local/terraform/read-stack";

type Values = Record<string, unknown>;
export type Resources = Record<string, Record<string, Values>>;

export interface Route {
  readonly method: string;
  readonly path: string;
  /** Name of the function; without one the route has no integration. */
  readonly function?: string;
  readonly values?: Values;
}

/** Bundles that most tests need: one returns its event, one returns its body. */
export const bundles: Record<string, string> = {
  echo: "export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });",
  mirror: "export const handler = async (event) => JSON.parse(event.body);",
};

/** A Terraform reference. */
export const ref = (path: string) => `\${${path}}`;

const api = { rest_api_id: ref("aws_api_gateway_rest_api.api.id") };

/** A stack with one REST API, stage `v1`, and a user pool with one app client. */
export function restStack(routes: readonly Route[]): { resource: Resources; data: Resources } {
  const resource: Resources = {
    aws_cognito_user_pool: { pool: { name: "users" } },
    aws_cognito_user_pool_client: { client: { name: "app", user_pool_id: ref("aws_cognito_user_pool.pool.id") } },
    aws_iam_role: { role: { name: "role" } },
    aws_api_gateway_rest_api: { api: { name: "api" } },
    aws_api_gateway_deployment: { deployment: { ...api } },
    aws_api_gateway_stage: {
      stage: { ...api, stage_name: "v1", deployment_id: ref("aws_api_gateway_deployment.deployment.id") },
    },
    aws_api_gateway_authorizer: {
      authorizer: {
        ...api,
        name: "pool",
        type: "COGNITO_USER_POOLS",
        identity_source: "method.request.header.Authorization",
        provider_arns: [ref("aws_cognito_user_pool.pool.arn")],
      },
    },
    aws_lambda_function: {},
    aws_lambda_permission: {},
    aws_api_gateway_resource: {},
    aws_api_gateway_method: {},
    aws_api_gateway_integration: {},
  };
  const data: Resources = { archive_file: {} };
  for (const name of new Set(routes.flatMap((route) => route.function ?? []))) {
    data["archive_file"] = {
      ...data["archive_file"],
      [name]: { type: "zip", source_dir: `functions/${name}`, output_path: `archives/${name}.zip` },
    };
    add(resource, "aws_lambda_function", name, {
      function_name: name,
      handler: "index.handler",
      runtime: "nodejs24.x",
      role: ref("aws_iam_role.role.arn"),
      filename: `\${data.archive_file.${name}.output_path}`,
      timeout: 5,
    });
  }
  for (const route of routes) addRoute(resource, route);
  return { resource, data };
}

export function add(resource: Resources, type: string, name: string, values: Values): void {
  resource[type] = { ...resource[type], [name]: values };
}

/** `GET /items/{id}` gives blocks named `GET_items_id`. */
export const blockName = (method: string, path: string) => `${method}${path.replace(/[^\w]+/g, "_")}`.replace(/_$/, "");

function addRoute(resource: Resources, { method, path, function: name, values }: Route): void {
  const id = blockName(method, path);
  const at = { ...api, resource_id: resourceId(resource, path) };
  add(resource, "aws_api_gateway_method", id, { ...at, http_method: method, authorization: "NONE", ...values });
  if (!name) return;
  add(resource, "aws_api_gateway_integration", id, {
    ...at,
    http_method: `\${aws_api_gateway_method.${id}.http_method}`,
    type: "AWS_PROXY",
    integration_http_method: "POST",
    uri: `\${aws_lambda_function.${name}.invoke_arn}`,
  });
  add(resource, "aws_lambda_permission", id, {
    action: "lambda:InvokeFunction",
    function_name: `\${aws_lambda_function.${name}.function_name}`,
    principal: "apigateway.amazonaws.com",
    source_arn: `\${aws_api_gateway_rest_api.api.execution_arn}/*/${method === "ANY" ? "*" : method}${path.replace(/\{[^}]+\}/g, "*")}`,
  });
}

function resourceId(resource: Resources, path: string): string {
  if (path === "/") return ref("aws_api_gateway_rest_api.api.root_resource_id");
  const cut = path.lastIndexOf("/");
  const id = `r${path.replace(/[^\w]+/g, "_")}`;
  const parent_id = resourceId(resource, path.slice(0, cut) || "/");
  add(resource, "aws_api_gateway_resource", id, { ...api, parent_id, path_part: path.slice(cut + 1) });
  return `\${aws_api_gateway_resource.${id}.id}`;
}

/** A MOCK method with one response, `status`. */
export function addMock(
  resource: Resources,
  method: string,
  path: string,
  options: { status: string; request?: Values; parameters?: Values; templates?: Values },
) {
  addRoute(resource, { method, path });
  const id = blockName(method, path);
  const at = { ...api, resource_id: resourceId(resource, path), http_method: method };
  const {
    status,
    request = { "application/json": `{"statusCode":${status}}` },
    parameters = {},
    templates = {},
  } = options;
  add(resource, "aws_api_gateway_integration", id, { ...at, type: "MOCK", request_templates: request });
  const declared = Object.fromEntries(Object.keys(parameters).map((name) => [name, true]));
  add(resource, "aws_api_gateway_method_response", id, { ...at, status_code: status, response_parameters: declared });
  add(resource, "aws_api_gateway_integration_response", id, {
    ...at,
    status_code: `\${aws_api_gateway_method_response.${id}.status_code}`,
    response_parameters: parameters,
    response_templates: templates,
  });
}

const folders: string[] = [];
const stops: (() => Promise<unknown>)[] = [];

/** Ids follow from the stack's name, so two folders with the same stack agree. */
const NAMED = { "//": { metadata: { stackName: "test" } } };

afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Writes a stack and its bundles to a folder of its own. */
export function writeStack(json: { resource: Resources; data?: Resources }, sources = bundles): string {
  const folder = mkdtempSync(join(tmpdir(), "stack-"));
  folders.push(folder);
  writeFileSync(
    join(folder, "cdk.tf.json"),
    JSON.stringify({ ...NAMED, provider: { aws: [{ region: "eu-west-1" }] }, ...json }),
  );
  for (const name of Object.keys(json.data?.["archive_file"] ?? {})) {
    mkdirSync(join(folder, "functions", name), { recursive: true });
    writeFileSync(join(folder, "functions", name, "index.mjs"), sources[name] ?? "");
  }
  return folder;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON. */
  json(): Record<string, unknown>;
}

export interface Served {
  readonly port: number;
  readonly logs: string[];
  readonly functions: Functions;
  call(
    method: string,
    path: string,
    options?: { headers?: Record<string, string | string[]>; body?: string | Buffer },
  ): Promise<Reply>;
}

/** Serves a stack on a free port of the loopback interface. */
export async function serve(
  json: { resource: Resources; data?: Resources },
  options: Partial<GatewayOptions> & { sources?: Record<string, string> } = {},
): Promise<Served> {
  const stack = readStack(writeStack(json, options.sources));
  const logs: string[] = [];
  const log = (line: string) => logs.push(line);
  const functions = createFunctions({ stack, iam: createIam(stack), environment: () => ({}), log });
  const gateway = createGateway({ stack, functions, jwks: () => undefined, now: Date.now, log, ...options });
  const server = createServer(gateway.handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  stops.push(async () => {
    server.closeAllConnections();
    await Promise.all([new Promise((resolve) => server.close(resolve)), functions.close()]);
  });
  return {
    port,
    logs,
    functions,
    call: (method, path, sent = {}) => call(port, method, path, sent),
  };
}

function call(
  port: number,
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string | string[]>; body?: string | Buffer },
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const req = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk: Buffer) => chunks.push(chunk));
      res.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: res.statusCode ?? 0, headers: res.headers, text, json: () => JSON.parse(text) });
      });
    });
    req.on("error", reject);
    req.end(body);
  });
}

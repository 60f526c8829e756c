import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readArchitecture } from "../../diagram/architecture";
import { draw } from "../../diagram/draw";
import { drawDefault } from "../../diagram/main";
import { readStack } from "../../local/terraform/read-stack";
import { add, ref, restStack, writeStack } from "../local/api-gateway/rest-stack";

const root = join(__dirname, "..", "..");
const committed = readFileSync(join(root, "docs", "architecture.svg"), "utf8");

test("docs/architecture.svg shows the default stack: renew it with `npm run diagram -- --write`", () => {
  expect(drawDefault()).toBe(committed);
});

test("the picture names every function and every permission once, whatever the folder is called", () => {
  expect(drawDefault()).toBe(drawDefault());
  expect(committed).toContain(">create-note<");
  expect(committed).toContain(">GetItem, UpdateItem<");
  expect(committed.match(/>list-notes</g)).toHaveLength(1);
});

const statement = (Action: string[], Resource: string) => ({ Effect: "Allow", Action, Resource });

function stackWithQueue() {
  const json = restStack([
    { method: "GET", path: "/open", function: "app-open" },
    {
      method: "POST",
      path: "/closed",
      function: "app-closed",
      values: { authorization: "COGNITO_USER_POOLS", authorizer_id: ref("aws_api_gateway_authorizer.authorizer.id") },
    },
    { method: "GET", path: "/unused", function: "app-worker" },
  ]);
  // The worker has no route: a queue invokes it.
  for (const type of ["aws_api_gateway_method", "aws_api_gateway_integration", "aws_lambda_permission"]) {
    delete json.resource[type]?.GET_unused;
  }
  add(json.resource, "aws_dynamodb_table", "things", {
    name: "app-things<&",
    hash_key: "id",
    attribute: [{ name: "id", type: "S" }],
  });
  add(json.resource, "aws_sqs_queue", "jobs", { name: "app-jobs" });
  add(json.resource, "aws_lambda_event_source_mapping", "jobs", {
    event_source_arn: ref("aws_sqs_queue.jobs.arn"),
    function_name: "app-worker",
  });
  Object.assign(json.resource.aws_cognito_user_pool?.pool ?? {}, { name: "app-users" });
  const policy = JSON.stringify({
    Statement: [
      statement(["logs:PutLogEvents"], "*"),
      statement(["dynamodb:Query"], "${aws_dynamodb_table.things.arn}/index/byName"),
      statement(["ses:SendEmail"], "*"),
      { Effect: "Deny", Action: "dynamodb:DeleteItem", Resource: "*" },
    ],
  });
  add(json.resource, "aws_iam_role_policy", "policy", { name: "p", role: ref("aws_iam_role.role.name"), policy });
  return readStack(writeStack(json, {}));
}

test("reads access, invokers and permissions of any stack", () => {
  const { api, functions, resources } = readArchitecture(stackWithQueue());
  const permissions = [
    { resource: "aws_dynamodb_table.things", actions: ["Query"] },
    { resource: undefined, actions: ["SendEmail"] },
  ];
  expect(api).toBe("REST API, stage v1");
  expect(functions).toEqual([
    { name: "open", access: "public", routes: [{ method: "GET", path: "/open" }], invokedBy: undefined, permissions },
    {
      name: "closed",
      access: "private",
      routes: [{ method: "POST", path: "/closed" }],
      invokedBy: undefined,
      permissions,
    },
    { name: "worker", access: "other", routes: [], invokedBy: "messages of jobs", permissions },
  ]);
  expect(resources.map(({ kind, name }) => [kind, name])).toEqual([
    ["User pool", "users"],
    ["Table", "things<&"],
    ["Queue", "jobs"],
  ]);
});

test("escapes names, and says what invokes a function without a route", () => {
  const svg = draw(readArchitecture(stackWithQueue()));
  expect(svg).toContain(">things&lt;&amp;<");
  expect(svg).toContain(">messages of jobs<");
  expect(svg).not.toContain("NaN");
});

const run = (...args: string[]) =>
  execFileSync(process.execPath, ["--require", "./build/register.cjs", "diagram/main.ts", ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });

test("the command draws a folder, explains itself, and names a folder that is no stack", () => {
  expect(run(stackWithQueue().folder)).toMatch(/^<svg .*<\/svg>\n$/s);
  expect(run()).toContain("npm run diagram -- --write");
  expect(() => run("nowhere")).toThrow("nowhere is not a synthesized stack");
});

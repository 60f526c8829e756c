import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStack } from "../../../local/terraform/read-stack";
import type { Environment } from "../../../local/terraform/variables";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function read(json: object, files: Readonly<Record<string, string>> = {}, environment: Environment = {}) {
  const folder = mkdtempSync(join(tmpdir(), "stack-"));
  folders.push(folder);
  for (const [name, content] of Object.entries({ ...files, "cdk.tf.json": JSON.stringify(json) })) {
    writeFileSync(join(folder, name), content);
  }
  return readStack(folder, environment);
}

const roles = (json: object, ...more: [Readonly<Record<string, string>>?, Environment?]) =>
  read(json, ...more)
    .resources("aws_iam_role")
    .map(({ address, values }) => [address, values["name"]]);
const role = (body: object, more: object = {}) => ({ ...more, resource: { aws_iam_role: { r: body } } });

test("makes as many blocks as count says", () => {
  const json = role(
    { count: "${length(local.names)}", name: "${local.names[count.index]}" },
    { locals: { names: ["a", "b"] } },
  );
  expect(roles(json)).toEqual([
    ["aws_iam_role.r[0]", "a"],
    ["aws_iam_role.r[1]", "b"],
  ]);
  expect(roles(role({ count: "${false ? 1 : 0}", name: "x" }))).toEqual([]);
});

test("makes a block per element of for_each", () => {
  expect(roles(role({ for_each: { x: "1", y: "2" }, name: "${each.key}-${each.value}" }))).toEqual([
    ['aws_iam_role.r["x"]', "x-1"],
    ['aws_iam_role.r["y"]', "y-2"],
  ]);
  expect(roles(role({ for_each: '${toset(["b", "a"])}', name: "${each.value}" }))).toEqual([
    ['aws_iam_role.r["a"]', "a"],
    ['aws_iam_role.r["b"]', "b"],
  ]);
});

test("instances have ids of their own, and others refer to one, some or all of them", () => {
  const stack = read({
    resource: {
      aws_iam_role: { r: { count: 2, name: "r${count.index}" }, s: { for_each: { k: 1 }, name: "s-${each.key}" } },
      aws_iam_policy: {
        p: { name: '${aws_iam_role.r[1].name}|${join(",", aws_iam_role.r[*].arn)}|${aws_iam_role.s["k"].name}' },
      },
    },
  });
  const arn = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
  expect(stack.resources("aws_iam_policy")[0]?.values["name"]).toBe(`r1|${arn("r0")},${arn("r1")}|s-k`);
  const ids = stack.resources("aws_iam_role").map(({ values }) => values["unique_id"]);
  expect(new Set(ids).size).toBe(3);
});

test("expands dynamic blocks, after those that are written out and inside of other blocks", () => {
  const stack = read({
    resource: {
      aws_apigatewayv2_stage: {
        s: {
          name: "v1",
          route_settings: [{ route_key: "GET /a" }],
          dynamic: {
            route_settings: {
              for_each: ["GET /b"],
              iterator: "it",
              content: { route_key: "${it.value}", data_trace_enabled: false },
            },
          },
        },
      },
      aws_lambda_function: {
        f: {
          dynamic: [
            { environment: [{ for_each: { on: true }, content: [{ variables: { A: "${environment.key}" } }] }] },
          ],
          logging_config: [{ dynamic: { deep: { for_each: [1, 2], content: { n: "${deep.value * 2}" } } } }],
        },
      },
    },
  });
  const values = (type: string) => stack.resources(type)[0]?.values;
  expect(values("aws_apigatewayv2_stage")?.["route_settings"]).toEqual([
    { route_key: "GET /a" },
    { route_key: "GET /b", data_trace_enabled: false },
  ]);
  expect(values("aws_lambda_function")?.["environment"]).toEqual([{ variables: { A: "on" } }]);
  expect(values("aws_lambda_function")?.["logging_config"]).toEqual([{ deep: [{ n: 2 }, { n: 4 }] }]);
});

test("checks the arguments of a dynamic block, and of an expression by its value", () => {
  const json = (pool: object) => ({ resource: { aws_cognito_user_pool: { p: { name: "p", ...pool } } } });
  const content = { cloud_watch: 1 };
  expect(() => read(json({ dynamic: { device_configuration: { for_each: [1], content } } }))).toThrow(
    "aws_cognito_user_pool.p: device_configuration is not served locally",
  );
  expect(() => read(json({ dynamic: { device_configuration: { for_each: [], content } } }))).not.toThrow();
  const api = (source: string) =>
    read({
      resource: { aws_api_gateway_rest_api: { a: { api_key_source: source, minimum_compression_size: "${null}" } } },
    });
  expect(() => api('${true ? "HEADER" : "AUTHORIZER"}')).not.toThrow();
  expect(() => api('${false ? "HEADER" : "AUTHORIZER"}')).toThrow(
    /^aws_api_gateway_rest_api\.a: api_key_source is not served locally$/,
  );
});

test("a conditional that ends in null leaves the argument out", () => {
  const stack = read({
    resource: { aws_lambda_function: { f: { function_name: "f", timeout: "${true ? null : 5}" } } },
  });
  expect(stack.resources("aws_lambda_function")[0]?.values["timeout"]).toBe(3);
});

describe("variables", () => {
  const json = (variable: object) => role({ name: "${var.v}" }, { variable: { v: variable } });

  test("come from the shell, terraform.tfvars and *.auto.tfvars, each before the ones before", () => {
    expect(roles(json({ default: "d" }))).toEqual([["aws_iam_role.r", "d"]]);
    expect(roles(json({ default: "d" }), {}, { TF_VAR_v: "e" })).toEqual([["aws_iam_role.r", "e"]]);
    const file = { "terraform.tfvars": '# name\nother = [1, 2]\nv = "f"\n' };
    expect(roles(json({}), file, { TF_VAR_v: "e" })).toEqual([["aws_iam_role.r", "f"]]);
    expect(roles(json({}), { ...file, "a.auto.tfvars.json": '{"v":"g"}' })).toEqual([["aws_iam_role.r", "g"]]);
  });

  test.each<[string, string, unknown]>([
    ["number", "2", 2],
    ["bool", "true", true],
    ["list(string)", '["a"]', ["a"]],
    ["${map(number)}", "{ a = 1 }", { a: 1 }],
    ["string", "[1]", "[1]"],
  ])("of type %s are converted from the shell", (type, text, value) => {
    const stack = read(role({ tags: "${var.v}" }, { variable: { v: { type } } }), {}, { TF_VAR_v: text });
    expect(stack.resources("aws_iam_role")[0]?.values["tags"]).toEqual(value);
  });

  test("without a value are named when they are needed", () => {
    expect(() => roles(json({ type: "string" }))).toThrow(
      /^var\.v must have a value, got none: set TF_VAR_v, or write it to terraform\.tfvars$/,
    );
    expect(() => roles(json({ type: "number" }), {}, { TF_VAR_v: "x" })).toThrow('var.v must be a number, got "x"');
    expect(() => roles(json({}), { "terraform.tfvars": "v = " })).toThrow(/terraform\.tfvars must assign values/);
  });
});

test("names the cycle of local values", () => {
  const locals = { a: "${local.b}", b: "x${local.c}", c: "${upper(local.a)}" };
  expect(() => roles(role({ name: "${local.a}" }, { locals }))).toThrow(
    /^local\.a refers to itself: local\.a -> local\.b -> local\.c -> local\.a$/,
  );
});

test.each<[string, object, RegExp]>([
  [
    "each outside of for_each",
    { name: "${each.key}" },
    /aws_iam_role\.r: name: .* has no each here: the block has no for_each$/,
  ],
  ["count that is no number", { count: "${[]}", name: "x" }, /is not a number: a list/],
  ["for_each that is no collection", { for_each: "${1}", name: "x" }, /for_each must be a map, a set or a list, got 1/],
  ["a block that counts itself", { count: "${length(aws_iam_role.r)}", name: "x" }, /aws_iam_role\.r refers to itself/],
])("rejects %s", (_, body, message) => {
  expect(() => roles(role(body))).toThrow(message);
});

test("knows the workspace, and reads files beside the stack", () => {
  const json = role({ name: '${terraform.workspace}-${file("${path.module}/name.txt")}' });
  expect(roles(json, { "name.txt": "n" })).toEqual([["aws_iam_role.r", "default-n"]]);
  expect(() => roles(json)).toThrow("reads the file ./name.txt, which is missing");
});

test("evaluates an inline policy of jsonencode", () => {
  const policy =
    '${jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:*"], Resource = "${aws_iam_role.r.arn}" }] })}';
  const stack = read({
    resource: { aws_iam_role: { r: { name: "r" } }, aws_iam_role_policy: { p: { role: "r", policy } } },
  });
  expect(JSON.parse(String(stack.resources("aws_iam_role_policy")[0]?.values["policy"]))).toEqual({
    Statement: [{ Action: ["s3:*"], Effect: "Allow", Resource: "arn:aws:iam::000000000000:role/r" }],
  });
});

test("a stack that is nested too deeply is rejected in one line", () => {
  const deep = `{"resource":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}}`;
  const folder = mkdtempSync(join(tmpdir(), "stack-"));
  folders.push(folder);
  writeFileSync(join(folder, "cdk.tf.json"), deep);
  expect(() => readStack(folder)).toThrow(/nested too deeply$/);
});

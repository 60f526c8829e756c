import { read, role, roles } from "./written-stack";

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
  [
    "count that is no number",
    { count: "${[]}", name: "x" },
    /^aws_iam_role\.r: count must be a whole number from 0 to 10000, got \[\]$/,
  ],
  [
    "count that would fill the memory",
    { count: "${1e9}", name: "x" },
    /must be a whole number from 0 to 10000, got 1000000000$/,
  ],
  [
    "a value that is too large",
    { name: '${format("%999999999d", 1)}' },
    /is nested too deeply, or its value is too large$/,
  ],
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
  expect(() => read(`{"resource":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}}`)).toThrow(/nested too deeply$/);
});

test("merges policy documents: a statement replaces one with its Sid", () => {
  const document = (Sid: string, Action: string) =>
    `\${jsonencode({ Statement = [{ Sid = "${Sid}", Action = "${Action}" }] })}`;
  const stack = read({
    data: {
      aws_iam_policy_document: {
        d: {
          source_policy_documents: [document("A", "a")],
          override_policy_documents: [document("B", "z")],
          statement: [{ sid: "B", actions: ["b"] }, { actions: ["c"] }],
        },
      },
    },
  });
  const { Statement } = JSON.parse(String(stack.data("aws_iam_policy_document")[0]?.values["json"]));
  expect(Statement.map(({ Action }: { Action: unknown }) => Action)).toEqual(["a", ["c"], "z"]);
});

test("an event rule of a bus has its name in the ARN", () => {
  const rule = { name: "r", event_bus_name: "b" };
  const stack = read({ resource: { aws_cloudwatch_event_rule: { r: rule } } });
  expect(stack.resources("aws_cloudwatch_event_rule")[0]?.values["arn"]).toMatch(/:rule\/b\/r$/);
});

test("names that chance would choose follow from the stack", () => {
  const json = {
    resource: {
      random_id: { i: { byte_length: 4 } },
      random_pet: { p: { prefix: "shop" } },
      random_uuid: { u: {} },
      random_string: { s: { length: 8, upper: false } },
      random_password: { p: { length: 20 } },
      aws_iam_role: {
        r: {
          name: "${random_id.i.hex} ${random_pet.p.id} ${random_uuid.u.result} ${random_string.s.result} ${random_password.p.result}",
        },
      },
    },
  };
  const [[, name] = []] = roles(json);
  expect(name).toMatch(
    /^[0-9a-f]{8} shop-local-[a-z0-9]{6} [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} [a-z0-9]{8} [A-Za-z0-9]{20}$/,
  );
  expect(roles({ ...json, "//": { metadata: { stackName: "x" } } })).toEqual(
    roles({ ...json, "//": { metadata: { stackName: "x" } } }),
  );
});

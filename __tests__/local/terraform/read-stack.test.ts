import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nested } from "../../../local/terraform/json";
import { readStack, StackError } from "../../../local/terraform/read-stack";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function write(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), "template-"));
  folders.push(folder);
  writeFileSync(join(folder, "cdk.tf.json"), typeof content === "string" ? content : JSON.stringify(content));
  return folder;
}

const read = (content: unknown) => readStack(write(content));
const named = { "//": { metadata: { stackName: "dev" } }, provider: { aws: [{ region: "eu-west-1" }] } };
const ref = (expression: string) => `\${${expression}}`;

/** The description of a model, resolved: any attribute would do. */
function resolved(description: unknown, more: object = {}): unknown {
  const resource = {
    aws_api_gateway_model: { api: { name: "a", tags: { k: "v" }, list: [{ x: ["y"] }], count_of: 3, description } },
  };
  return read({ ...named, resource, ...more }).resources("aws_api_gateway_model")[0]?.values["description"];
}

test("knows stack, region and account, and lists blocks by type", () => {
  const stack = read({
    ...named,
    resource: { aws_iam_role: { b: { name: "b" }, a: { name: "a" } } },
    data: { aws_region: { r: {} } },
  });
  expect([stack.stackName, stack.region, stack.accountId]).toEqual(["dev", "eu-west-1", "000000000000"]);
  expect(stack.resources("aws_iam_role").map(({ address }) => address)).toEqual(["aws_iam_role.b", "aws_iam_role.a"]);
  expect(stack.data("aws_region").map(({ address }) => address)).toEqual(["data.aws_region.r"]);
  expect(stack.resources("aws_region")).toEqual([]);
});

test("reads resources that are written as lists", () => {
  const stack = read({ resource: [{ aws_iam_role: [{ a: [{ name: "x" }] }] }] });
  expect(stack.resources("aws_iam_role")[0]?.values["name"]).toBe("x");
});

test.each<[string, unknown, unknown]>([
  ["a lone reference with its type", ref("aws_api_gateway_model.api.count_of"), 3],
  [
    "several references in one string",
    `${ref("aws_api_gateway_model.api.name")}/${ref("aws_api_gateway_model.api.count_of")}`,
    "a/3",
  ],
  ["a nested attribute", ref("aws_api_gateway_model.api.tags.k"), "v"],
  ["a key in brackets", ref('aws_api_gateway_model.api.tags["k"]'), "v"],
  ["an index", ref("aws_api_gateway_model.api.list[0].x[0]"), "y"],
  ["an index into a block written as an object", ref("aws_api_gateway_model.api.tags[0].k"), "v"],
  ["an escaped reference", "$${aws_x.y.z} %%{if}", "${".concat("aws_x.y.z} %{if}")],
  ["a variable's default", ref("var.v.deep"), "w"],
  ["a local value that refers on", ref("local.l"), "a!"],
  ["a data source", ref("data.aws_region.r.name"), "eu-west-1"],
  ["the partition", ref("data.aws_partition.p.partition"), "aws"],
  ["the account", ref("data.aws_caller_identity.c.account_id"), "000000000000"],
  ["values inside lists and objects", [{ a: ref("aws_api_gateway_model.api.name") }], [{ a: "a" }]],
  ["text without references", "$input.path('$') #set($x = 1) {}", "$input.path('$') #set($x = 1) {}"],
])("resolves %s", (_, value, expected) => {
  const more = {
    variable: { v: { default: { deep: "w" } } },
    locals: { l: `${ref("aws_api_gateway_model.api.name")}!` },
    data: { aws_region: { r: {} }, aws_partition: { p: {} }, aws_caller_identity: { c: {} } },
  };
  expect(resolved(value, more)).toEqual(expected);
});

test("gives ids in AWS's formats that depend on stack and address alone", () => {
  const json = {
    ...named,
    resource: {
      aws_cognito_user_pool: { p: { name: "x" } },
      aws_cognito_user_pool_client: { c: { generate_secret: true } },
      aws_api_gateway_rest_api: { a: { name: "x" } },
    },
  };
  const ids = (content: unknown) => {
    const stack = read(content);
    const value = (type: string) => stack.resources(type)[0]?.values;
    return [
      value("aws_cognito_user_pool")?.["arn"],
      value("aws_cognito_user_pool_client")?.["id"],
      value("aws_cognito_user_pool_client")?.["client_secret"],
      value("aws_api_gateway_rest_api")?.["execution_arn"],
    ];
  };
  expect(ids(json)).toEqual([
    expect.stringMatching(/^arn:aws:cognito-idp:eu-west-1:000000000000:userpool\/eu-west-1_[A-Za-z0-9]{9}$/),
    expect.stringMatching(/^[a-z0-9]{26}$/),
    expect.stringMatching(/^[a-z0-9]{51}$/),
    expect.stringMatching(/^arn:aws:execute-api:eu-west-1:000000000000:[a-z0-9]{10}$/),
  ]);
  expect(ids({ ...json, output: { x: { value: 1 } } })).toEqual(ids(json));
  expect(ids({ ...json, "//": { metadata: { stackName: "prod" } } })[1]).not.toBe(ids(json)[1]);
});

test("an existing pool keeps the id that it is read by", () => {
  const stack = read({ ...named, data: { aws_cognito_user_pool: { p: { user_pool_id: "eu-west-1_AbCdEfGhI" } } } });
  expect(stack.data("aws_cognito_user_pool")[0]?.values["arn"]).toBe(
    "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_AbCdEfGhI",
  );
});

test("resolves only what is read: functions of Terraform may stand where nothing is served", () => {
  const stack = read({
    resource: { aws_api_gateway_deployment: { d: { triggers: { x: ref('cidrhost("10.0.0.0/8", 1)') } } } },
  });
  const [deployment] = stack.resources("aws_api_gateway_deployment");
  expect(() => deployment?.values["triggers"]).toThrow(
    /^aws_api_gateway_deployment\.d: triggers: "\$\{cidrhost\(.* uses the function cidrhost, which is not evaluated locally$/,
  );
});

test.each<[string, unknown, RegExp]>([
  ["JSON that does not parse", "{", /cdk\.tf\.json is not valid JSON: /],
  ["JSON that is no object", "3", /is not valid JSON: it is not an object$/],
  [
    "a type that changes responses",
    { resource: { aws_api_gateway_rest_api_policy: { x: {} } } },
    /^aws_api_gateway_rest_api_policy\.x: this resource type is not served locally$/,
  ],
  ["a module", { module: { m: { source: "./m" } } }, /^module: Terraform modules are not served locally$/],
  [
    "what is no expression",
    { resource: { aws_iam_role: { x: { name: "a${b" } } } },
    /^aws_iam_role\.x: name: "a\$\{b" is no expression: expected \} before "the end"$/,
  ],
  [
    "an API that is written as OpenAPI",
    { resource: { aws_api_gateway_rest_api: { x: { body: "{}" } } } },
    /^aws_api_gateway_rest_api\.x: body is not served locally$/,
  ],
  [
    "a dangling reference",
    { resource: { aws_iam_role: { x: { name: [ref("aws_iam_role.gone.name")] } } } },
    /^aws_iam_role\.x: name\.0: "aws_iam_role\.gone" is not declared in cdk\.tf\.json$/,
  ],
  [
    "a dangling reference inside a function",
    { resource: { aws_iam_role: { x: { name: ref('upper("${aws_iam_role.gone.name}")') } } } },
    /"aws_iam_role\.gone" is not declared/,
  ],
  [
    "a dangling reference in an output",
    { output: { o: { value: ref("aws_iam_role.gone.name") } } },
    /^output\.o\.value: "aws_iam_role\.gone" is not declared/,
  ],
  [
    "a dangling dependency",
    { resource: { aws_iam_role: { x: { depends_on: ["aws_iam_role.gone"] } } } },
    /^aws_iam_role\.x: depends_on\.0: "aws_iam_role\.gone" is not declared/,
  ],
  [
    "a variable that is not declared",
    { resource: { aws_iam_role: { x: { name: ref("var.gone") } } } },
    /"var\.gone" is not declared/,
  ],
])("rejects %s in one line", (_, content, message) => {
  const attempt = () => read(content);
  expect(attempt).toThrow(StackError);
  expect(attempt).toThrow(message);
  expect(attempt).not.toThrow(/\n/);
});

test("rejects a folder without cdk.tf.json", () => {
  expect(() => readStack("/nowhere")).toThrow(
    /^\/nowhere is not a synthesized stack: cannot read \/nowhere\/cdk\.tf\.json/,
  );
});

test.each<[string, string, RegExp]>([
  [
    "an attribute that does not exist",
    ref("aws_api_gateway_model.api.nothing"),
    /^aws_api_gateway_model\.api: description: .* refers to nothing in cdk\.tf\.json$/,
  ],
  ["an object inside text", `x${ref("aws_api_gateway_model.api.tags")}`, /is not text: an object$/],
  [
    "a reference to itself",
    ref("aws_api_gateway_model.api.description"),
    /^aws_api_gateway_model\.api\.description refers to itself$/,
  ],
])("rejects %s when it is read", (_, value, message) => {
  expect(() => resolved(value)).toThrow(message);
});

test("reads a nested block whether it is an object or a list of one", () => {
  expect([nested({ a: 1 }), nested([{ a: 1 }]), nested([]), nested(null), nested("x")]).toEqual([
    { a: 1 },
    { a: 1 },
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([
  ["cn-north-1", "aws-cn", "cognito-idp.cn-north-1.amazonaws.com.cn"],
  ["us-gov-west-1", "aws-us-gov", "cognito-idp.us-gov-west-1.amazonaws.com"],
])("in %s, ARNs are of the partition %s and hosts end with its suffix", (region, partition, host) => {
  const stack = read({
    ...named,
    provider: { aws: [{ region }] },
    resource: { aws_cognito_user_pool: { p: { name: "x" } }, aws_iam_role: { r: { name: "r" } } },
    data: { aws_partition: { p: {} } },
  });
  const [pool] = stack.resources("aws_cognito_user_pool");
  expect(pool?.values["endpoint"]).toBe(`${host}/${pool?.values["id"]}`);
  expect(stack.resources("aws_iam_role")[0]?.values["arn"]).toBe(`arn:${partition}:iam::000000000000:role/r`);
  expect([stack.partition, stack.data("aws_partition")[0]?.values["partition"]]).toEqual([partition, partition]);
});

test("names the stacks of a folder that holds several", () => {
  const folder = write("{}");
  rmSync(join(folder, "cdk.tf.json"));
  mkdirSync(join(folder, "stacks", "dev"), { recursive: true });
  expect(() => readStack(folder)).toThrow(`(its stacks are in ${join(folder, "stacks", "dev")})`);
});

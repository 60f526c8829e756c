import { TerraformResource, TerraformStack, Testing } from "cdktf";
import { loginBody as body } from "../../../functions/shared/schemas";
import { servedTypes } from "../../support/served-types";
import { only, type Synthesized } from "../../support/synth";
import { addApi, privateRoute, publicRoute, synthApi } from "../support";

const triggers = (json: Synthesized) => only(json, "aws_api_gateway_deployment").triggers as Record<string, string>;

/** The API with every kind of served resource, and an override in the first resource that `choose` takes. */
function synthMutated(
  choose: (resource: TerraformResource) => boolean,
  argument = "mutation",
  value: unknown = "here",
) {
  const stack = new TerraformStack(Testing.app(), "test");
  addApi(stack, { routes: bodied });
  const found = stack.node.findAll().filter(TerraformResource.isTerraformResource).find(choose);
  if (!found) throw new Error("nothing to mutate");
  found.addOverride(argument, value);
  return JSON.parse(Testing.synth(stack)) as Synthesized & { locals: Record<string, string[]> };
}

const ofType = (type: string) => (resource: TerraformResource) => resource.terraformResourceType === type;

/** Every argument of a resource type: the provider's class has a getter `httpMethodInput` for `http_method`. */
function argumentsOf(type: string): string[] {
  const stack = new TerraformStack(Testing.app(), "test");
  addApi(stack, { routes: bodied });
  const found = stack.node.findAll().filter(TerraformResource.isTerraformResource).find(ofType(type));
  return Object.getOwnPropertyNames(Object.getPrototypeOf(found))
    .filter((name) => name.endsWith("Input"))
    .map((name) => name.slice(0, -"Input".length).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    .filter((name) => name !== "timeouts"); // Terraform's own; AWS provider 6 has it for the API
}

const bodied = [{ ...publicRoute, body }, privateRoute];
const before = synthApi({ routes: bodied });

/** Labels, and how an import is done: no request can tell. */
const NOT_SERVED = ["name", "description", "tags", "put_rest_api_mode", "fail_on_warnings"];

describe.each(servedTypes)("%s", (type) => {
  const notServed = type === "aws_api_gateway_rest_api" ? NOT_SERVED : [];
  const all = argumentsOf(type);

  test.each(all.filter((name) => !notServed.includes(name)))("a change of %s replaces the deployment", (argument) => {
    expect(triggers(synthMutated(ofType(type), argument)).configuration).not.toBe(triggers(before).configuration);
  });

  test("has the arguments that the test knows", () => {
    expect(all.length).toBeGreaterThan(3);
    expect(notServed.filter((name) => !all.includes(name))).toEqual([]);
  });
});

test.each([...NOT_SERVED, "lifecycle", "depends_on"])("a change of the API's %s keeps the deployment", (argument) => {
  const after = synthMutated(ofType("aws_api_gateway_rest_api"), argument);
  expect(triggers(after)).toEqual(triggers(before));
});

test("depends on everything that it serves, and on the permissions to invoke the functions", () => {
  const dependencies = only(before, "aws_api_gateway_deployment").depends_on as string[];
  const types = [...servedTypes, "aws_lambda_permission"];
  const all = types.flatMap((type) => Object.keys(before.resource[type] ?? {}).map((name) => `${type}.${name}`));
  expect([...dependencies].sort()).toEqual(all.sort());
});

test("leaves it alone when something changes that it does not serve", () => {
  const others = Object.keys(before.resource).filter((type) => !servedTypes.includes(type));
  expect(others).toEqual(
    expect.arrayContaining(["aws_lambda_function", "aws_lambda_permission", "aws_api_gateway_stage"]),
  );
  for (const type of others) expect([type, triggers(synthMutated(ofType(type)))]).toEqual([type, triggers(before)]);
});

describe("what only Terraform knows", () => {
  const listed = ({ locals }: { locals?: Record<string, string[]> }) => Object.values(locals ?? {}).flat();

  test("is hashed by Terraform, from a local value", () => {
    const [name] = Object.keys((before as Partial<ReturnType<typeof synthMutated>>).locals ?? {});
    expect(triggers(before).references).toBe(`\${sha256(jsonencode(local.${name}))}`);
  });

  test("is every reference of what is served, once", () => {
    const all = listed(before as never);
    expect(all).toEqual([...new Set(all)].sort());
    expect(all).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^\$\{aws_cognito_user_pool\.\w+\.arn\}$/),
        expect.stringMatching(/^\$\{aws_lambda_function\.\w+\.invoke_arn\}$/),
        expect.stringMatching(/^\$\{aws_api_gateway_authorizer\.\w+\.id\}$/),
      ]),
    );
  });

  test.each([
    "${data.aws_cognito_user_pool.existing.arn}",
    "${data.aws_cognito_user_pools.all.arns[0]}",
    '${element(tolist(data.aws_cognito_user_pools.all.arns), length("a}b"))}',
    "arn:${data.aws_partition.here.partition}:cognito-idp:${var.region}:1:userpool/${local.pool}",
    '%{ if var.private }${module.pool["a"].arn}%{ endif }',
  ])("counts %s", (expression) => {
    expect(listed(synthMutated(ofType("aws_api_gateway_authorizer"), "provider_arns", [expression]))).toContain(
      expression,
    );
  });

  test("counts a reference in the name of a key", () => {
    const mutated = synthMutated(ofType("aws_api_gateway_method"), "request_models", { "${var.type}": "A" });
    expect(listed(mutated)).toContain("${var.type}");
  });

  test("leaves out what exists inside of a resource only, which Terraform would reject elsewhere", () => {
    const mutated = synthMutated(ofType("aws_api_gateway_authorizer"), "name", "${each.value}");
    expect(listed(mutated)).not.toContain("${each.value}");
  });
});

test.each([
  ["an origin is added", { corsOrigins: ["https://app.example", "https://b.example"] }],
  ["the token's header changes", { tokenHeader: "token" }],
  ["access tokens are asked for", { tokenUse: "access" as const }],
  ["a route is added", { routes: [...bodied, { ...privateRoute, path: "/new" }] }],
  [
    "a route is made public",
    { routes: [bodied[0] ?? publicRoute, { ...privateRoute, access: "public" as const, reason: "now" }] },
  ],
  ["a route is removed", { routes: [privateRoute] }],
])("replaces the deployment when %s", (_, changes) => {
  expect(triggers(synthApi({ routes: bodied, ...changes }))).not.toEqual(triggers(before));
});

test.each([
  ["throttling changes", { throttle: { rateLimit: 1, burstLimit: 1 } }],
  ["the stage is renamed", { stageName: "v2" }],
  ["logs are kept longer", { logRetentionDays: 365 }],
  ["the account's role is another's", { manageAccount: false }],
  ["the API is renamed", { name: "other" }],
])("keeps the deployment when %s", (_, changes) => {
  expect(triggers(synthApi({ routes: bodied, ...changes }))).toEqual(triggers(before));
});

import { TerraformResource, TerraformStack, Testing } from "cdktf";
import { loginBody as body } from "../../../functions/shared/schemas";
import { only, type Synthesized } from "../../support/synth";
import { addApi, privateRoute, publicRoute, synthApi } from "../support";

/** Every type that a deployment serves; each must be among its dependencies and count in its triggers. */
const served = [
  "aws_api_gateway_authorizer",
  "aws_api_gateway_gateway_response",
  "aws_api_gateway_integration",
  "aws_api_gateway_integration_response",
  "aws_api_gateway_method",
  "aws_api_gateway_method_response",
  "aws_api_gateway_model",
  "aws_api_gateway_request_validator",
  "aws_api_gateway_resource",
];

const triggers = (json: Synthesized) => only(json, "aws_api_gateway_deployment").triggers as Record<string, string>;

/** The API with every kind of served resource, one resource bent by `mutate`. */
function synthMutated(mutate: (resource: TerraformResource) => boolean): Synthesized {
  const stack = new TerraformStack(Testing.app(), "test");
  addApi(stack, { routes: bodied });
  const found = stack.node.findAll().filter(TerraformResource.isTerraformResource).find(mutate);
  if (!found) throw new Error("nothing to mutate");
  return JSON.parse(Testing.synth(stack)) as Synthesized;
}

const bodied = [{ ...publicRoute, body }, privateRoute];
const before = synthApi({ routes: bodied });

test.each(served)("replaces the deployment when an %s changes", (type) => {
  const after = synthMutated((resource) => {
    if (resource.terraformResourceType !== type) return false;
    resource.addOverride("mutation", "here");
    return true;
  });
  expect(triggers(after).configuration).not.toBe(triggers(before).configuration);
});

test("depends on everything that it serves", () => {
  const dependencies = only(before, "aws_api_gateway_deployment").depends_on as string[];
  const all = served.flatMap((type) => Object.keys(before.resource[type] ?? {}).map((name) => `${type}.${name}`));
  expect([...dependencies].sort()).toEqual(all.sort());
});

test("leaves it alone when something changes that it does not serve", () => {
  const others = Object.keys(before.resource).filter((type) => !served.includes(type));
  expect(others).toEqual(
    expect.arrayContaining(["aws_lambda_function", "aws_lambda_permission", "aws_api_gateway_stage"]),
  );
  for (const type of others) {
    const after = synthMutated((resource) => {
      if (resource.terraformResourceType !== type) return false;
      resource.addOverride("mutation", "here");
      return true;
    });
    expect([type, triggers(after)]).toEqual([type, triggers(before)]);
  }
});

test("follows what only Terraform knows: the ARNs of functions and pool, each once", () => {
  expect(triggers(before).references).toMatch(
    /^\$\{sha256\(join\(" ", \[aws_cognito_user_pool\.\w+\.arn, aws_lambda_function\.\w+\.invoke_arn\]\)\)\}$/,
  );
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

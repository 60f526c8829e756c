import fc from "fast-check";
import { PlanError } from "../../review/plan/plan-error";
import { readPlan } from "../../review/plan/read-plan";
import { review } from "../../review/report";
import { created, kept, planFile, planOf, updated } from "./support/plan";

const file = (change: object) => JSON.stringify({ ...planFile([kept("aws_x.y", { id: "1" })]), ...change });

test.each([
  ["an empty file", "", "got an empty file"],
  ["a saved plan itself", "PK\u0003\u0004...", "run `terraform show -json` on it first"],
  ["a plan in UTF-16", Buffer.from(file({}), "utf16le").toString(), "got UTF-16 text"],
  ["text", "No changes.", "no JSON"],
  ["a cut plan", file({}).slice(0, -20), "cut or broken"],
  ["a list", "[]", "got a list"],
  ["null", "null", "got null"],
  ["a state", '{"format_version":"1.0","values":{}}', "got a state"],
  ["a state file", '{"version":4,"lineage":"x"}', "got a state file"],
  ["configuration", '{"resource":{}}', "got Terraform configuration"],
  ["a stream of plan -json", '{"@level":"info"}', "terraform plan -json"],
  ["something else", '{"a":1}', "neither resource_changes nor planned_values"],
  ["no version", file({ format_version: undefined }), "without format_version"],
  ["another version", file({ format_version: "2.0" }), 'format_version "2.0"'],
  ["changes that are no list", file({ resource_changes: {} }), "resource_changes must be a list, got an object"],
  ["a change that is a number", file({ resource_changes: [7] }), "resource_changes[0].change must be an object"],
  ["outputs that are a list", file({ output_changes: [] }), "output_changes must be an object"],
  ["errored that is text", file({ errored: "false" }), "errored must be true or false"],
  [
    "one address twice",
    JSON.stringify(planFile([kept("aws_x.y", {}), kept("aws_x.y", {})])),
    "one address stands twice",
  ],
  ["a list that is too deep", `{"planned_values":${"[".repeat(5000)}${"]".repeat(5000)}}`, "nested deeper"],
])("names %s", (_, text, message) => {
  expect(() => readPlan(text)).toThrow(PlanError);
  expect(() => readPlan(text)).toThrow(message);
});

test.each([
  ["an unknown action", { actions: ["explode"] }, "change.actions must be a list of actions that Terraform knows"],
  ["actions that are text", { actions: "delete" }, "change.actions must be a list"],
  [
    "a before that is text",
    { actions: ["delete"], before: "x" },
    "change.before must be an object or null, got a string",
  ],
])("names %s", (_, change, message) => {
  const resource = { address: "aws_x.y", mode: "managed", type: "aws_x", name: "y", change };
  expect(() => readPlan(file({ resource_changes: [resource] }))).toThrow(message);
});

test.each(["0.1", "0.2", "1.2"])("reads format %s", (format_version) => {
  expect(review(readPlan(file({ format_version })), []).verdict).toBe("safe");
});

test("reads a plan behind a byte order mark", () => {
  expect(review(readPlan(`\ufeff${file({})}`), []).verdict).toBe("safe");
});

test("never repeats a value of the file in an error", () => {
  expect(() =>
    readPlan(file({ resource_changes: [{ address: "a", type: "b", name: "c", change: "s3cr3t" }] })),
  ).toThrow(/^(?!.*s3cr3t)/);
});

test("takes a data source for what it is: nothing that changes", () => {
  const data = {
    address: "data.a.b",
    mode: "data",
    type: "a",
    name: "b",
    change: { actions: ["read"], before: null, after: {} },
  };
  expect(review(readPlan(file({ resource_changes: [data] })), []).changes).toEqual([]);
});

test("survives every shape of values in a plan", () => {
  const type = fc.constantFrom(
    "aws_cognito_user_pool",
    "aws_cognito_user_pool_client",
    "aws_api_gateway_method",
    "aws_api_gateway_resource",
    "aws_api_gateway_model",
    "aws_api_gateway_stage",
    "aws_lambda_permission",
    "aws_lambda_function",
    "aws_iam_role_policy",
    "aws_iam_role",
    "aws_api_gateway_integration_response",
  );
  const key = fc.constantFrom(
    "policy",
    "schema",
    "environment",
    "source_arn",
    "parent_id",
    "response_parameters",
    "__proto__",
    "name",
  );
  const values = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(type, values, values, fc.jsonValue()), { maxLength: 5 }), (list) => {
      const resources = list.map(([kind, before, after, marks], i) =>
        updated(`${kind}.r${i}`, before, after, { unknown: marks, sensitive: marks, expressions: after }),
      );
      expect(["safe", "partly-judged", "dangerous"]).toContain(review(planOf(resources), []).verdict);
    }),
    { numRuns: 300, seed: 7 },
  );
});

test("ends on resources that are each other's parents", () => {
  const parent = (id: string, of: string) =>
    kept(`aws_api_gateway_resource.${id}`, { id, parent_id: of, path_part: id });
  const method = created("aws_api_gateway_method.m", { resource_id: "a", http_method: "GET", authorization: "NONE" });
  expect(review(planOf([parent("a", "b"), parent("b", "a"), method]), []).verdict).toBe("dangerous");
});

test("finds what modules pass to each other", () => {
  const inModule = { module_address: "module.api", type: "aws_api_gateway_method", name: "m" };
  const plan = planOf(
    [
      kept("aws_api_gateway_rest_api.api", { id: "api1", root_resource_id: "root1" }),
      created(
        "module.api.aws_api_gateway_method.m",
        { http_method: "GET", authorization: "NONE" },
        { ...inModule, unknown: { resource_id: true } },
      ),
    ],
    {
      configuration: {
        root_module: {
          module_calls: {
            api: {
              expressions: { parent: { references: ["aws_api_gateway_rest_api.api.root_resource_id"] } },
              module: {
                resources: [
                  {
                    mode: "managed",
                    type: "aws_api_gateway_method",
                    name: "m",
                    expressions: { resource_id: { references: ["var.parent"] } },
                  },
                ],
              },
            },
          },
        },
      },
    },
  );
  expect(review(plan, []).dangers).toContainEqual(expect.objectContaining({ kind: "access-opened", name: "GET /" }));
});

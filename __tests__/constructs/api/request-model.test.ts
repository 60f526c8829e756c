import * as v from "valibot";
import { requestModel } from "../../../constructs/api/request-model";
import { routes } from "../../../routes";

const model = (schema: Parameters<typeof requestModel>[0]) =>
  JSON.parse(requestModel(schema)) as Record<string, unknown>;

test("says shape, types and bounds in draft-04, and leaves what is missing to the handler", () => {
  expect(
    model(v.strictObject({ name: v.pipe(v.string(), v.minLength(1), v.maxLength(8)), age: v.optional(v.number()) })),
  ).toEqual({
    $schema: "http://json-schema.org/draft-04/schema#",
    type: "object",
    properties: { name: { type: "string", minLength: 1, maxLength: 8 }, age: { type: "number" } },
    additionalProperties: false,
  });
});

test("says of a record what its values are", () => {
  expect(model(v.strictObject({ answers: v.record(v.string(), v.string()) }))).toMatchObject({
    properties: { answers: { type: "object", additionalProperties: { type: "string" } } },
  });
});

test("rejects what draft-04 has no word for", () => {
  expect(() => model(v.strictObject({ kind: v.literal("a") }))).toThrow('draft-04, got the keyword "const"');
});

test("can be made for every body of the route table, and none of them requires a field", () => {
  for (const { body } of routes) {
    if (body) expect(requestModel(body)).not.toMatch(/"required"|"propertyNames"|draft-07/);
  }
});

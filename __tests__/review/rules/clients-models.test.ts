import { review } from "../../../review/report";
import { clientsModels } from "../../../review/rules/clients-models";
import { api, deployed, METHOD, methodValues } from "../support/api";
import { pairs } from "../support/pairs";
import { created, destroyed, type JsonObject, kept, planOf, type Resource, updated } from "../support/plan";

const changed = (address: string, before: JsonObject, after: JsonObject, ...more: readonly Resource[]) => [
  updated(address, before, after),
  ...more,
];

const MODEL = "aws_api_gateway_model.m";
const model = (schema: JsonObject, name = "Login") => ({ rest_api_id: "api1", name, schema: JSON.stringify(schema) });
const base = { type: "object", required: ["a"], properties: { a: { type: "string", maxLength: 10 } } };
const models = (after: JsonObject) => changed(MODEL, model(base), model(after), ...api, ...deployed);
const given = (name: string) => ({ ...methodValues, request_models: { "application/json": name } });

pairs(clientsModels, [
  [
    "clients-broken",
    "a required field added",
    models({ ...base, required: ["a", "b"] }),
    "an optional field added",
    models({ ...base, properties: { ...base.properties, b: { type: "string" } } }),
  ],
  [
    "clients-broken",
    "a shorter field",
    models({ ...base, properties: { a: { type: "string", maxLength: 5 } } }),
    "a longer field",
    models({ ...base, properties: { a: { type: "string", maxLength: 50 } } }),
  ],
  [
    "clients-broken",
    "a field that is rejected",
    models({ ...base, additionalProperties: false }),
    "keys in another order",
    models({ properties: base.properties, required: ["a"], type: "object" }),
  ],
  [
    "clients-broken",
    "a narrower type",
    models({ ...base, properties: { a: { type: "integer", maxLength: 10 } } }),
    "a wider type",
    models({ ...base, properties: { a: { type: ["string", "null"], maxLength: 10 } } }),
  ],
  [
    "clients-broken",
    "a route's first model",
    [...api, kept(MODEL, model(base)), updated(METHOD, methodValues, given("Login")), ...deployed],
    "the same model under another name",
    [
      ...api,
      destroyed(MODEL, model(base)),
      created("aws_api_gateway_model.n", model(base, "SignIn")),
      updated(METHOD, given("Login"), given("SignIn")),
      ...deployed,
    ],
  ],
  [
    "unknown",
    "a schema known only after apply",
    [
      ...api,
      updated(MODEL, model(base), { rest_api_id: "api1", name: "Login" }, { unknown: { schema: true } }),
      ...deployed,
    ],
    "a description",
    changed(MODEL, model(base), { ...model(base), description: "x" }, ...api),
  ],
]);

test("says which field becomes required", () => {
  const { dangers } = review(planOf(models({ ...base, required: ["a", "nick"] })), []);
  expect(dangers).toMatchObject([{ attribute: "schema", after: ["nick becomes required"] }]);
});

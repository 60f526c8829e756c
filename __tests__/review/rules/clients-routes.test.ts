import { review } from "../../../review/report";
import { clientsRoutes } from "../../../review/rules/clients-routes";
import { API, api, apiValues, deployed, METHOD, methodValues, path, route } from "../support/api";
import { pairs } from "../support/pairs";
import { created, destroyed, kept, planOf, replaced, updated } from "../support/plan";

const PERMISSION = "aws_lambda_permission.p";
const permission = {
  function_name: "f",
  principal: "apigateway.amazonaws.com",
  source_arn: "arn:aws:execute-api:r:1:api1/*/GET/echo",
};
const served = [...api, kept(METHOD, methodValues)];

pairs(clientsRoutes, [
  [
    "clients-broken",
    "a method under another key of for_each",
    [...api, destroyed(`${METHOD}["a"]`, methodValues), created(`${METHOD}["b"]`, methodValues), ...deployed],
    "one that moves there",
    [...api, kept(`${METHOD}["b"]`, methodValues, { previous_address: `${METHOD}["a"]` })],
  ],
  [
    "clients-broken",
    "a route that takes signed requests only",
    route({}, { authorization: "AWS_IAM", authorizer_id: null }),
    "one that no longer does",
    route({ authorization: "AWS_IAM", authorizer_id: null }, {}),
  ],

  ["clients-broken", "a route that goes", route({}, undefined), "a route that comes", route(undefined, {})],
  [
    "clients-broken",
    "a path that changes",
    [
      kept(API, apiValues),
      updated(
        "aws_api_gateway_resource.echo",
        { id: "res1", rest_api_id: "api1", parent_id: "root1", path_part: "echo" },
        { id: "res1", rest_api_id: "api1", parent_id: "root1", path_part: "hi" },
      ),
      kept(METHOD, methodValues),
      ...deployed,
    ],
    "one that stays",
    served,
  ],
  [
    "clients-broken",
    "a public route made private",
    route({ authorization: "NONE" }, {}),
    "a private one",
    route({}, { tags: {} }),
  ],
  [
    "clients-broken",
    "scopes on a route without",
    route({}, { authorization_scopes: ["a"] }),
    "scopes that stay",
    route({ authorization_scopes: ["a"] }, { authorization_scopes: ["a"] }),
  ],
  [
    "clients-broken",
    "a scope that no longer is enough",
    route({ authorization_scopes: ["a", "b"] }, { authorization_scopes: ["a"] }),
    "one more scope",
    route({ authorization_scopes: ["a"] }, { authorization_scopes: ["a", "b"] }),
  ],
  [
    "clients-broken",
    "an API key",
    route({}, { api_key_required: true }),
    "none any more",
    route({ api_key_required: true }, {}),
  ],
  [
    "clients-broken",
    "a required header",
    route({}, { request_parameters: { "method.request.header.x": true } }),
    "an optional one",
    route({}, { request_parameters: { "method.request.header.x": false } }),
  ],
  [
    "clients-broken",
    "a permission that goes",
    [...served, destroyed(PERMISSION, permission)],
    "a permission that goes with its route",
    [...api, destroyed(PERMISSION, { ...permission, source_arn: "arn:aws:execute-api:r:1:api1/*/GET/gone" })],
  ],
  [
    "clients-broken",
    "a permission for another path",
    [
      ...served,
      replaced(PERMISSION, permission, { ...permission, source_arn: "arn:aws:execute-api:r:1:api1/*/GET/other" }),
    ],
    "a permission under another address",
    [...served, destroyed(PERMISSION, permission), created("aws_lambda_permission.q", permission)],
  ],
]);

test("does not list the routes of an API that goes as a whole", () => {
  const { dangers } = review(planOf([destroyed(API, apiValues), ...path, destroyed(METHOD, methodValues)]), []);
  expect(dangers).toMatchObject([{ address: API }]);
});

test("does not list the preflight of a path that goes with its route", () => {
  const options = { ...methodValues, http_method: "OPTIONS", authorization: "NONE" };
  const plan = planOf([...route({}, undefined), destroyed("aws_api_gateway_method.o", options)]);
  expect(review(plan, []).dangers).toMatchObject([{ before: "GET /echo" }]);
});

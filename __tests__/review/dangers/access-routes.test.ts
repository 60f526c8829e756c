import { accessRoutes } from "../../../review/dangers/access-routes";
import { review } from "../../../review/report";
import { api, deployed, METHOD, methodValues, route } from "../support/api";
import { pairs } from "../support/pairs";
import { created, destroyed, kept, planOf, updated } from "../support/plan";

const open = { authorization: "NONE", authorizer_id: null };
const preflight = { http_method: "OPTIONS", ...open };
const integration = { rest_api_id: "api1", resource_id: "res1", http_method: "OPTIONS" };

pairs(accessRoutes, [
  [
    "access-opened",
    "a route that opens",
    route({}, open),
    "a route that was open before",
    route(open, { ...open, tags: {} }),
  ],
  ["access-opened", "a route that loses its authorizer", route({}, open), "a route that gets one", route(open, {})],
  [
    "access-opened",
    "a route whose authorizer gives way to IAM",
    route({}, { authorization: "AWS_IAM", authorizer_id: null }),
    "a route that goes from IAM to the authorizer",
    route({ authorization: "AWS_IAM", authorizer_id: null }, {}),
  ],
  ["access-opened", "a new public route", route(undefined, open), "a new private route", route(undefined, {})],
  [
    "access-opened",
    "a public OPTIONS that runs a function",
    [...route(undefined, preflight), created("aws_api_gateway_integration.o", { ...integration, type: "AWS_PROXY" })],
    "a preflight that API Gateway answers itself",
    [...route(undefined, preflight), created("aws_api_gateway_integration.o", { ...integration, type: "MOCK" })],
  ],
  [
    "access-opened",
    "scopes that go",
    route({ authorization_scopes: ["a"] }, { authorization_scopes: [] }),
    "a scope that goes while another stays",
    route({ authorization_scopes: ["a", "b"] }, { authorization_scopes: ["a"] }),
  ],
  [
    "access-opened",
    "one more scope that is enough",
    route({ authorization_scopes: ["a"] }, { authorization_scopes: ["a", "b"] }),
    "scopes where none were asked for",
    route({}, { authorization_scopes: ["a"] }),
  ],
  [
    "access-opened",
    "an API key that is no longer asked for",
    route({ api_key_required: true }, { api_key_required: false }),
    "an API key that is",
    route({ api_key_required: false }, { api_key_required: true }),
  ],
  [
    "unknown",
    "an authorization known only after apply",
    [
      ...api,
      updated(
        METHOD,
        methodValues,
        { ...methodValues, authorization: undefined },
        { unknown: { authorization: true } },
      ),
    ],
    "an authorizer known only after apply",
    [
      ...api,
      updated(
        METHOD,
        methodValues,
        { ...methodValues, authorizer_id: undefined },
        { unknown: { authorizer_id: true } },
      ),
      ...deployed,
    ],
  ],
  [
    "access-opened",
    "a new public route of an HTTP API",
    [created("aws_apigatewayv2_route.r", { api_id: "h1", route_key: "GET /hello", authorization_type: "NONE" })],
    "a new private one, and its preflight",
    [
      created("aws_apigatewayv2_route.r", { api_id: "h1", route_key: "GET /hello", authorization_type: "JWT" }),
      created("aws_apigatewayv2_route.o", { api_id: "h1", route_key: "OPTIONS /{proxy+}", authorization_type: "NONE" }),
    ],
  ],
]);

test("lists a route that was public before apart", () => {
  const report = review(planOf([...api, kept(METHOD, { ...methodValues, ...open })]), []);
  expect(report).toMatchObject({
    verdict: "safe",
    dangers: [],
    standing: [{ kind: "access-opened", name: "GET /echo" }],
  });
});

test("takes a renamed block of the same route for the same route", () => {
  const values = { ...methodValues, ...open };
  const plan = planOf([
    ...api,
    destroyed(METHOD, values),
    created("aws_api_gateway_method.other", values),
    ...deployed,
  ]);
  expect(review(plan, []).dangers).toEqual([]);
});

test("finds the path of a new route through references, and names it", () => {
  const plan = planOf([
    ...api,
    created(
      "aws_api_gateway_resource.new",
      { rest_api_id: "api1", path_part: "orders" },
      {
        unknown: { id: true, parent_id: false },
        expressions: {
          parent_id: { references: ["aws_api_gateway_rest_api.api.root_resource_id", "aws_api_gateway_rest_api.api"] },
        },
      },
    ),
    created(
      "aws_api_gateway_method.new",
      { rest_api_id: "api1", http_method: "POST", authorization: "NONE" },
      {
        unknown: { resource_id: true },
        expressions: {
          resource_id: { references: ["aws_api_gateway_resource.new.id", "aws_api_gateway_resource.new"] },
        },
      },
    ),
    ...deployed,
  ]);
  expect(review(plan, []).dangers).toMatchObject([{ name: "POST /orders" }]);
});

import { review } from "../../../review/report";
import { accessRoutes } from "../../../review/rules/access-routes";
import { api, deployed, METHOD, methodValues, route } from "../support/api";
import { pairs } from "../support/pairs";
import { created, destroyed, kept, planOf, updated } from "../support/plan";

const open = { authorization: "NONE", authorizer_id: null };
const preflight = { http_method: "OPTIONS", ...open };
const integration = { rest_api_id: "api1", resource_id: "res1", http_method: "OPTIONS" };

const authorizer = (id: string, pool: string) =>
  kept(`aws_api_gateway_authorizer.${id}`, {
    id,
    rest_api_id: "api1",
    type: "COGNITO_USER_POOLS",
    provider_arns: [pool],
  });
const authorizers = (one: string, other: string) => [authorizer("auth1", one), authorizer("auth2", other)];
const greedy = (values: object) => [
  kept("aws_api_gateway_resource.all", { id: "res2", rest_api_id: "api1", parent_id: "root1", path_part: "{proxy+}" }),
  kept("aws_api_gateway_method.all", { ...methodValues, id: "m2", resource_id: "res2", http_method: "ANY", ...values }),
];
const webSocket = kept("aws_apigatewayv2_api.ws", { id: "ws", protocol_type: "WEBSOCKET" });

pairs(accessRoutes, [
  [
    "access-opened",
    "a route that is given the authorizer of another pool",
    [...authorizers("arn:pool/a", "arn:pool/b"), ...route({}, { authorizer_id: "auth2" })],
    "another authorizer that accepts the same tokens",
    [...authorizers("arn:pool/a", "arn:pool/a"), ...route({}, { authorizer_id: "auth2" })],
  ],
  [
    "access-opened",
    "an HTTP API that comes with a public route",
    [created("aws_apigatewayv2_api.a", { name: "a", protocol_type: "HTTP", target: "arn:fn" })],
    "one without",
    [created("aws_apigatewayv2_api.a", { name: "a", protocol_type: "HTTP" })],
  ],
  [
    "access-opened",
    "a protected route that goes, beside a public one that takes in its path",
    [...route({}, undefined), ...greedy({ authorization: "NONE" })],
    "a protected one beside it",
    [...route({}, undefined), ...greedy({})],
  ],
  [
    "access-opened",
    "a WebSocket API that lets everybody connect",
    [
      webSocket,
      created("aws_apigatewayv2_route.r", { api_id: "ws", route_key: "$connect", authorization_type: "NONE" }),
    ],
    "a frame that its connection has let in",
    [webSocket, created("aws_apigatewayv2_route.r", { api_id: "ws", route_key: "send", authorization_type: "NONE" })],
  ],

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
    "a route that has no authorizer any more",
    route({}, { authorization: "CUSTOM", authorizer_id: null }),
    "one whose callers sign with AWS credentials instead",
    route({}, { authorization: "AWS_IAM", authorizer_id: null }),
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

test("takes a renamed block of the same route for the same route, which opens nothing", () => {
  const values = { ...methodValues, ...open };
  const plan = planOf([
    ...api,
    destroyed(METHOD, values),
    created("aws_api_gateway_method.other", values),
    ...deployed,
  ]);
  expect(review(plan, []).dangers.map((danger) => danger.kind)).toEqual(["clients-broken"]);
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

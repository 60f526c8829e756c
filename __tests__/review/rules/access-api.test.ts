import { accessApi } from "../../../review/rules/access-api";
import { API, api, apiValues, deployed, path } from "../support/api";
import { oneWay, pairs } from "../support/pairs";
import { created, destroyed, kept, updated } from "../support/plan";

const AUTHORIZER = "aws_api_gateway_authorizer.a";
const authorizer = { id: "a", rest_api_id: "api1", type: "COGNITO_USER_POOLS", provider_arns: ["arn:pool/a"] };
const DOMAIN = "aws_api_gateway_domain_name";
const V2 = "aws_apigatewayv2_authorizer.a";
const jwt = { id: "j", authorizer_type: "JWT", jwt_configuration: [{ audience: ["c1"], issuer: "https://one" }] };
const policy = (principal: string) =>
  JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "execute-api:Invoke", Resource: "*" }],
  });
const changed = (before: object, after: object) => [
  updated(API, { ...apiValues, ...before }, { ...apiValues, ...after }),
  ...path,
  ...deployed,
];

pairs(accessApi, [
  oneWay(
    "access-opened",
    DOMAIN,
    { mutual_tls_authentication: [{ truststore_uri: "s3://a" }] },
    { mutual_tls_authentication: [] },
  ),
  oneWay("access-opened", DOMAIN, { security_policy: "TLS_1_2" }, { security_policy: "TLS_1_0" }),
  oneWay(
    "access-opened",
    "aws_api_gateway_authorizer",
    { identity_validation_expression: "^a" },
    { identity_validation_expression: "" },
  ),
  oneWay(
    "access-opened",
    "aws_api_gateway_authorizer",
    { authorizer_result_ttl_in_seconds: 60 },
    { authorizer_result_ttl_in_seconds: 3600 },
  ),
  [
    "clients-broken",
    "a resource policy that appears",
    changed({ policy: "" }, { policy: policy("1") }),
    "one that lets everybody in",
    changed({ policy: "" }, { policy: policy("*") }),
  ],
  [
    "access-opened",
    "a resource policy that goes",
    changed({ policy: policy("1") }, { policy: "" }),
    "one that stays, in another order",
    changed({ policy: policy("1") }, { policy: policy("1"), tags: {} }),
  ],
  [
    "clients-broken",
    "a resource policy of its own that appears",
    [...api, created("aws_api_gateway_rest_api_policy.p", { rest_api_id: "api1", policy: policy("1") }), ...deployed],
    "one that is widened",
    [
      ...api,
      updated(
        "aws_api_gateway_rest_api_policy.p",
        { rest_api_id: "api1", policy: policy("1") },
        { rest_api_id: "api1", policy: policy("*") },
      ),
      ...deployed,
    ],
  ],
  [
    "access-opened",
    "a resource policy of its own that goes",
    [...api, destroyed("aws_api_gateway_rest_api_policy.p", { rest_api_id: "api1", policy: policy("1") }), ...deployed],
    "one that stays",
    [...api, kept("aws_api_gateway_rest_api_policy.p", { rest_api_id: "api1", policy: policy("1") })],
  ],
  [
    "access-opened",
    "a private API put on the internet",
    changed({ endpoint_configuration: [{ types: ["PRIVATE"] }] }, {}),
    "an edge-optimized API made regional",
    changed({ endpoint_configuration: [{ types: ["EDGE"] }] }, {}),
  ],
  [
    "access-opened",
    "the default address opened",
    changed({ disable_execute_api_endpoint: true }, { disable_execute_api_endpoint: false }),
    "closed",
    changed({ disable_execute_api_endpoint: false }, { disable_execute_api_endpoint: true }),
  ],
  [
    "access-opened",
    "one more pool whose tokens are taken",
    [
      ...api,
      updated(AUTHORIZER, authorizer, { ...authorizer, provider_arns: ["arn:pool/a", "arn:pool/b"] }),
      ...deployed,
    ],
    "the same pools in another order",
    [
      ...api,
      updated(
        AUTHORIZER,
        { ...authorizer, provider_arns: ["arn:pool/b", "arn:pool/a"] },
        { ...authorizer, provider_arns: ["arn:pool/a", "arn:pool/b"] },
      ),
      ...deployed,
    ],
  ],
  [
    "access-opened",
    "one more audience",
    [updated(V2, jwt, { ...jwt, jwt_configuration: [{ audience: ["c1", "c2"], issuer: "https://one" }] })],
    "another name",
    [updated(V2, jwt, { ...jwt, name: "x" })],
  ],
  [
    "access-opened",
    "another issuer",
    [updated(V2, jwt, { ...jwt, jwt_configuration: [{ audience: ["c1"], issuer: "https://two" }] })],
    "no change",
    [kept(V2, jwt)],
  ],
  [
    "access-opened",
    "another type of authorizer",
    [...api, updated(AUTHORIZER, authorizer, { ...authorizer, type: "REQUEST" }), ...deployed],
    "a new authorizer",
    [...api, created(AUTHORIZER, authorizer), ...deployed],
  ],
  [
    "unknown",
    "routes in an OpenAPI document",
    changed({ body: "a" }, { body: "b" }),
    "the same document",
    changed({ body: "a" }, { body: "a", tags: {} }),
  ],
]);

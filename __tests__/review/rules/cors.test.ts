import { review } from "../../../review/report";
import { cors } from "../../../review/rules/cors";
import { api, deployed } from "../support/api";
import { pairs } from "../support/pairs";
import { created, type JsonObject, kept, planOf, updated } from "../support/plan";

const RESPONSE = "aws_api_gateway_gateway_response.r";
const header = (origin: string) => ({
  rest_api_id: "api1",
  response_type: "UNAUTHORIZED",
  response_parameters: { "gatewayresponse.header.Access-Control-Allow-Origin": `'${origin}'` },
});
const template = (text: string) => ({
  rest_api_id: "api1",
  response_templates: {
    "application/json": `#set($context.responseOverride.header.Access-Control-Allow-Origin = ${text})`,
  },
});
const response = (before: JsonObject, after: JsonObject) => [...api, updated(RESPONSE, before, after), ...deployed];
const fn = (origins: string) => ({ function_name: "f", environment: [{ variables: { CORS_ORIGINS: origins } }] });
const http = (values: JsonObject) => ({ id: "h", name: "h", cors_configuration: [values] });

pairs(cors, [
  [
    "access-opened",
    "every origin",
    response(header("https://a"), header("*")),
    "one origin instead of all",
    response(header("*"), header("https://a")),
  ],
  [
    "access-opened",
    "another origin",
    response(header("https://a"), header("https://b")),
    "the same text with another case of the name",
    response(header("https://a"), { ...header("https://a"), tags: {} }),
  ],
  [
    "access-opened",
    "a template with one origin more",
    response(header("https://a"), template('"https://a" "https://b"')),
    "a template with the same origin",
    response(header("https://a"), template('"https://a"')),
  ],
  [
    "access-opened",
    "a template that hands back what came in",
    response(header("https://a"), template("$input.params('Origin')")),
    "a template that names one",
    response(header("https://a"), template('"https://a"')),
  ],
  [
    "access-opened",
    "one more origin in a function's environment",
    [updated("aws_lambda_function.f", fn("https://a"), fn("https://a,https://b"))],
    "the same ones in another order",
    [updated("aws_lambda_function.f", fn("https://a,https://b"), fn("https://b, https://a"))],
  ],
  [
    "access-opened",
    "a new response with another origin",
    [
      ...api,
      kept(RESPONSE, header("https://a")),
      created("aws_api_gateway_gateway_response.n", header("https://b")),
      ...deployed,
    ],
    "a new one with the usual origin",
    [
      ...api,
      kept(RESPONSE, header("https://a")),
      created("aws_api_gateway_gateway_response.n", header("https://a")),
      ...deployed,
    ],
  ],
  [
    "access-opened",
    "one more origin of an HTTP API",
    [
      updated(
        "aws_apigatewayv2_api.h",
        http({ allow_origins: ["https://a"] }),
        http({ allow_origins: ["https://a", "https://b"] }),
      ),
    ],
    "null that becomes an empty list",
    [
      updated(
        "aws_apigatewayv2_api.h",
        http({ allow_origins: ["https://a"], allow_headers: null }),
        http({ allow_origins: ["https://a"], allow_headers: [] }),
      ),
    ],
  ],
  [
    "access-opened",
    "credentials",
    [updated("aws_apigatewayv2_api.h", http({ allow_credentials: false }), http({ allow_credentials: true }))],
    "no credentials",
    [updated("aws_apigatewayv2_api.h", http({ allow_credentials: true }), http({ allow_credentials: false }))],
  ],
  [
    "clients-broken",
    "an origin that goes",
    response(template('"https://a" "https://b"'), header("https://a")),
    "all origins instead of one",
    response(header("https://a"), header("*")),
  ],
  [
    "access-opened",
    "every origin, told by its own value",
    response(header("https://a"), header("*")),
    "every origin, as before",
    [...api, kept(RESPONSE, header("*"))],
  ],
]);

test("calls every origin standing only where it stood before", () => {
  const another = created("aws_api_gateway_gateway_response.n", header("*"));
  const { standing } = review(planOf([...api, kept(RESPONSE, header("*")), another, ...deployed]), []);
  expect(standing.map((danger) => danger.address)).toEqual([RESPONSE]);
});

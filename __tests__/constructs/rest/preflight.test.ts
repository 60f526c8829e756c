import { isOrigin } from "../../../constructs/api/origin";
import { only, resources, type Values } from "../../support/synth";
import { privateRoute, synthApi } from "../support";

const oneRoute = (corsOrigins: string[], tokenHeader?: string) =>
  synthApi({ routes: [privateRoute], corsOrigins, ...(tokenHeader && { tokenHeader }) });

test("answers a preflight itself, with 204 and without a token", () => {
  const json = oneRoute(["https://app.example"]);
  const preflight = resources(json, "aws_api_gateway_method").filter(({ http_method }) => http_method === "OPTIONS");
  expect(preflight).toMatchObject([{ authorization: "NONE" }]);
  const mock = resources(json, "aws_api_gateway_integration").filter(({ type }) => type === "MOCK");
  expect(mock).toMatchObject([{ request_templates: { "application/json": '{"statusCode":204}' } }]);
  expect(only(json, "aws_api_gateway_method_response").status_code).toBe("204");
});

test("sends one origin as a static value", () => {
  expect(only(oneRoute(["https://app.example"]), "aws_api_gateway_integration_response")).toMatchObject({
    response_parameters: {
      "method.response.header.Access-Control-Allow-Origin": "'https://app.example'",
      "method.response.header.Access-Control-Allow-Methods": "'OPTIONS,GET'",
      "method.response.header.Access-Control-Allow-Headers": "'Content-Type,Authorization'",
      "method.response.header.Access-Control-Max-Age": "'600'",
    },
  });
});

test("opens to all when told so", () => {
  const { response_parameters } = only(oneRoute(["*"]), "aws_api_gateway_integration_response");
  expect((response_parameters as Values)["method.response.header.Access-Control-Allow-Origin"]).toBe("'*'");
});

test("compares with each of several origins, sends none by default, and says that answers differ", () => {
  const response = only(oneRoute(["https://a.example", "https://b.example"]), "aws_api_gateway_integration_response");
  const parameters = response.response_parameters as Values;
  expect(parameters["method.response.header.Access-Control-Allow-Origin"]).toBeUndefined();
  expect(parameters["method.response.header.Vary"]).toBe("'Origin'");
  expect((response.response_templates as Values)["application/json"]).toContain(
    '#if($origin == "https://a.example" || $origin == "https://b.example")',
  );
});

test("allows the header that carries the token", () => {
  const { response_parameters } = only(oneRoute(["*"], "token"), "aws_api_gateway_integration_response");
  expect(response_parameters).toMatchObject({
    "method.response.header.Access-Control-Allow-Headers": "'Content-Type,Authorization,token'",
  });
});

test("declares every header that a preflight sends", () => {
  for (const origins of [["https://a.example"], ["https://a.example", "https://b.example"]]) {
    const json = oneRoute(origins);
    const declared = Object.keys(only(json, "aws_api_gateway_method_response").response_parameters as Values);
    const sent = Object.keys(only(json, "aws_api_gateway_integration_response").response_parameters as Values);
    expect(declared).toEqual(expect.arrayContaining(sent));
    expect(declared).toContain("method.response.header.Access-Control-Allow-Origin");
  }
});

test.each(["https://a.example", "http://localhost:3000", "http://127.0.0.1:5173", "http://[::1]:81"])(
  "takes %s for an origin",
  (origin) => expect(isOrigin(origin)).toBe(true),
);
test.each([
  "https://a.example/",
  "https://a.example.",
  "HTTPS://a.example",
  "https://a.example:443",
  "https://u@a.example",
  "a.example",
  "null",
  "*",
  "file://",
  "https://*.a.example",
  'https://a.example"#',
])("does not take %s for one", (origin) => expect(isOrigin(origin)).toBe(false));

test("lets pages send further headers, each once, and read further response headers", () => {
  const json = synthApi({ tokenHeader: "token", corsHeaders: ["traceparent", "TOKEN"], corsExposedHeaders: ["ETag"] });
  const [response] = resources(json, "aws_api_gateway_integration_response");
  expect(response?.response_parameters).toMatchObject({
    "method.response.header.Access-Control-Allow-Headers": "'Content-Type,Authorization,token,traceparent'",
  });
  const exposed = "gatewayresponse.header.Access-Control-Expose-Headers";
  const responses = resources(json, "aws_api_gateway_gateway_response") as { response_parameters: Values }[];
  expect(new Set(responses.map(({ response_parameters }) => response_parameters[exposed]))).toEqual(
    new Set(["'ETag'", "'Retry-After,ETag'"]),
  );
});

test("converts a preflight to text where bodies may be binary, since a mapping template cannot read bytes", () => {
  const mock = (changes: object) =>
    resources(synthApi(changes), "aws_api_gateway_integration").filter(({ type }) => type === "MOCK");
  expect(mock({ binaryMediaTypes: ["*/*"] })).toMatchObject([
    { content_handling: "CONVERT_TO_TEXT" },
    { content_handling: "CONVERT_TO_TEXT" },
  ]);
  expect(mock({}).some((integration) => "content_handling" in integration)).toBe(false);
  expect(resources(synthApi({ binaryMediaTypes: ["*/*"] }), "aws_api_gateway_rest_api")).toMatchObject([
    { binary_media_types: ["*/*"] },
  ]);
});

import { resources, type Values } from "../../support/synth";
import { synthApi } from "../support";

const responses = (corsOrigins = ["https://app.example"]) =>
  new Map(
    resources(synthApi({ corsOrigins }), "aws_api_gateway_gateway_response").map((response) => [
      String(response.response_type),
      response,
    ]),
  );

test("covers every error that the gateway makes here, and the rest by default", () => {
  expect([...responses().keys()].sort()).toEqual([
    "ACCESS_DENIED",
    "BAD_REQUEST_BODY",
    "BAD_REQUEST_PARAMETERS",
    "DEFAULT_4XX",
    "DEFAULT_5XX",
    "EXPIRED_TOKEN",
    "MISSING_AUTHENTICATION_TOKEN",
    "THROTTLED",
    "UNAUTHORIZED",
  ]);
});

test("never sets a status code: on DEFAULT_* it would rewrite that of every other error", () => {
  for (const response of responses().values()) expect(response.status_code).toBeUndefined();
});

test("answers in the envelope, with the gateway's own message", () => {
  for (const { response_templates } of responses().values()) {
    const template = String((response_templates as Values)["application/json"]);
    expect(JSON.parse(template.replace("$context.error.messageString", '"Unauthorized"'))).toEqual({
      message: "Unauthorized",
      error: true,
      success: false,
      data: null,
    });
  }
});

test.each([
  ["the one origin", ["https://app.example"], "'https://app.example'"],
  ["all, where it cannot compare with several", ["https://a.example", "https://b.example"], "'*'"],
  ["all, when told so", ["*"], "'*'"],
])("lets %s read an error", (_, origins, value) => {
  for (const { response_parameters } of responses(origins).values()) {
    expect((response_parameters as Values)["gatewayresponse.header.Access-Control-Allow-Origin"]).toBe(value);
  }
});

test("tells a throttled caller when to come back, where a page can read it", () => {
  const retryAfter = [...responses()].filter(
    ([, { response_parameters }]) => (response_parameters as Values)["gatewayresponse.header.Retry-After"],
  );
  expect(retryAfter.map(([type]) => type)).toEqual(["THROTTLED"]);
  expect(responses().get("THROTTLED")?.response_parameters).toMatchObject({
    "gatewayresponse.header.Retry-After": "'1'",
    "gatewayresponse.header.Access-Control-Expose-Headers": "'Retry-After'",
  });
});

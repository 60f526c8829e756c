/** `corsCredentials`: pages may send cookies, from exact origins only. */
import { only, resources, type Values } from "../../support/synth";
import { privateRoute, synthApi } from "../support";

const rest = (corsOrigins: string[], corsCredentials = true) =>
  synthApi({ routes: [privateRoute], corsOrigins, corsCredentials });
const header = "method.response.header.Access-Control-Allow-Credentials";

test.each([[["https://app.example"]], [["https://a.example", "https://b.example"]]])(
  "a REST API's preflight allows credentials and the required header for %j",
  (origins) => {
    const { response_parameters } = only(rest(origins), "aws_api_gateway_integration_response");
    expect(response_parameters).toMatchObject({
      [header]: "'true'",
      "method.response.header.Access-Control-Allow-Headers": "'Content-Type,Authorization,X-Requested-With'",
    });
  },
);

test("a REST API's own errors allow credentials for one origin: there is no list to compare with", () => {
  const allowing = (origins: string[]) =>
    resources(rest(origins), "aws_api_gateway_gateway_response").map(
      ({ response_parameters }) =>
        (response_parameters as Values)["gatewayresponse.header.Access-Control-Allow-Credentials"],
    );
  expect(new Set(allowing(["https://app.example"]))).toEqual(new Set(["'true'"]));
  expect(new Set(allowing(["https://a.example", "https://b.example"]))).toEqual(new Set([undefined]));
});

test("without it, nothing allows credentials", () => {
  expect(JSON.stringify(rest(["https://app.example"], false))).not.toContain("Credentials");
});

test("rejects * with credentials", () => {
  expect(() => rest(["*"])).toThrow("corsOrigins must be exact origins with corsCredentials, got *");
});

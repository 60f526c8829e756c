import type { Route } from "../constructs/api/route";
import { routes } from "../routes";
import { addresses, resources, type Synthesized, synthStack } from "./support/synth";

const json = synthStack();

/** As it ends an ARN: a variable of the path is any text there. */
const arnPath = ({ method, path }: Route) => `${method}${path.replace(/\{\w+\+?\}/g, "*")}`;

describe("API_TYPE=http", () => {
  const http = synthStack({ API_TYPE: "http" });
  const httpRoutes = resources(http, "aws_apigatewayv2_route");
  const apiAddress = (address: string) => /^aws_api_?gateway|^aws_lambda_permission|\.api_/.test(address);

  test("serves the same table: every route with its access, its function and its permission", () => {
    expect(httpRoutes.map(({ route_key, authorization_type }) => `${route_key} ${authorization_type}`).sort()).toEqual(
      routes.map(({ method, path, access }) => `${method} ${path} ${access === "public" ? "NONE" : "JWT"}`).sort(),
    );
    const granted = resources(http, "aws_lambda_permission").map(({ source_arn }) => String(source_arn));
    expect(granted.map((arn) => arn.replace(/^.*\.execution_arn\}\/\*\//, "")).sort()).toEqual(
      routes.map(arnPath).sort(),
    );
  });
  test("changes the API only: users and functions keep their addresses", () => {
    const others = (stack: Synthesized) => addresses(stack).filter((address) => !apiAddress(address));
    expect(others(http)).toEqual(others(json));
    expect(addresses(http).filter((address) => address.startsWith("aws_api_gateway_"))).toEqual([]);
  });
  test("gives the functions the same configuration", () => {
    expect(http.resource.aws_lambda_function).toEqual(json.resource.aws_lambda_function);
  });
  test.each([
    ["API_STAGE", "v9", '"name":"v9"'],
    ["TOKEN_HEADER", "token", "$request.header.token"],
    ["TOKEN_USE", "access", '"authorization_scopes":["aws.cognito.signin.user.admin"]'],
    ["CORS_ORIGINS", "https://a.example", '"allow_origins":["https://a.example"]'],
    ["COGNITO_USER_POOL_ID", "us-east-1_Ab1", '"issuer":"https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab1"'],
    ["LOG_RETENTION_DAYS", "7", '"retention_in_days":7'],
    ["THROTTLE_RATE", "33", '"throttling_rate_limit":33'],
    ["THROTTLE_BURST", "44", '"throttling_burst_limit":44'],
  ])("has an effect there too: %s", (name, value, text) => {
    expect(JSON.stringify(http)).not.toContain(text);
    expect(JSON.stringify(synthStack({ API_TYPE: "http", [name]: value }))).toContain(text);
  });
});

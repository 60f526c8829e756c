import { StackError } from "../../../local/terraform/read-stack";
import { add, addMock, type Resources, ref, restStack, serve } from "./rest-stack";

const method = (resource: Resources) => resource["aws_api_gateway_method"]?.["GET_echo"] ?? {};
const integration = (resource: Resources) => resource["aws_api_gateway_integration"]?.["GET_echo"] ?? {};
const authorized = {
  authorization: "COGNITO_USER_POOLS",
  authorizer_id: ref("aws_api_gateway_authorizer.authorizer.id"),
};

test.each<[string, (resource: Resources) => unknown, RegExp]>([
  [
    "no REST API",
    (r) =>
      ["rest_api", "stage", "deployment", "authorizer", "resource", "method", "integration"].map(
        (type) => delete r[`aws_api_gateway_${type}`],
      ) && delete r["aws_lambda_permission"],
    /^cdk\.tf\.json declares no aws_api_gateway_rest_api/,
  ],
  [
    "an API without a stage",
    (r) => delete r["aws_api_gateway_stage"],
    /^aws_api_gateway_rest_api\.api: the API has no aws_api_gateway_stage/,
  ],
  [
    "a method without an integration",
    (r) => delete r["aws_api_gateway_integration"],
    /^aws_api_gateway_method\.GET_echo: no aws_api_gateway_integration/,
  ],
  [
    "an authorization that is not served",
    (r) => Object.assign(method(r), { authorization: "AWS_IAM" }),
    /authorization AWS_IAM is not served locally/,
  ],
  [
    "a method that lost its authorizer",
    (r) => Object.assign(method(r), { authorization: "COGNITO_USER_POOLS" }),
    /needs an authorizer_id/,
  ],
  ["an API key", (r) => Object.assign(method(r), { api_key_required: true }), /api_key_required is not served locally/],
  [
    "an authorizer that is not served",
    (r) => {
      Object.assign(method(r), authorized);
      Object.assign(r["aws_api_gateway_authorizer"]?.["authorizer"] ?? {}, { type: "TOKEN" });
    },
    /^aws_api_gateway_authorizer\.authorizer: type TOKEN/,
  ],
  [
    "an authorizer of an unknown pool",
    (r) => {
      Object.assign(method(r), authorized);
      Object.assign(r["aws_api_gateway_authorizer"]?.["authorizer"] ?? {}, {
        provider_arns: ["arn:aws:cognito-idp:eu-west-1:1:userpool/x"],
      });
    },
    /no user pool in cdk\.tf\.json has the ARN/,
  ],
  [
    "an identity source that is not served",
    (r) => {
      Object.assign(method(r), authorized);
      Object.assign(r["aws_api_gateway_authorizer"]?.["authorizer"] ?? {}, {
        identity_source: "method.request.querystring.t",
      });
    },
    /identity_source method\.request\.querystring\.t/,
  ],
  [
    "an integration that is not served",
    (r) => Object.assign(integration(r), { type: "HTTP_PROXY" }),
    /^aws_api_gateway_integration\.GET_echo: type HTTP_PROXY is not served locally/,
  ],
  [
    "an integration with no function of the stack",
    (r) =>
      Object.assign(integration(r), {
        uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:0:function:gone/invocations",
      }),
    /uri names no aws_lambda_function/,
  ],
  [
    "a model that is no JSON",
    (r) => {
      const rest_api_id = ref("aws_api_gateway_rest_api.api.id");
      add(r, "aws_api_gateway_model", "m", { rest_api_id, name: "M", schema: "{" });
    },
    /^aws_api_gateway_model\.m: schema is not valid JSON/,
  ],
  [
    "a request model that is not declared",
    (r) => {
      add(r, "aws_api_gateway_request_validator", "v", { validate_request_body: true });
      Object.assign(method(r), {
        request_models: { "application/json": "Gone" },
        request_validator_id: ref("aws_api_gateway_request_validator.v.id"),
      });
    },
    /no aws_api_gateway_model is named Gone/,
  ],
  [
    "a response header that the method does not declare",
    (r) => {
      addMock(r, "OPTIONS", "/echo", { status: "204", parameters: { "method.response.header.A": "'b'" } });
      Object.assign(r["aws_api_gateway_method_response"]?.["OPTIONS_echo"] ?? {}, { response_parameters: {} });
    },
    /method\.response\.header\.A is not declared by aws_api_gateway_method_response\.OPTIONS_echo/,
  ],
  [
    "a template that is no VTL",
    (r) => addMock(r, "OPTIONS", "/echo", { status: "204", templates: { "application/json": "#if($a" } }),
    /the mapping template is not valid VTL/,
  ],
  [
    "a mapping that is not served",
    (r) =>
      addMock(r, "OPTIONS", "/echo", {
        status: "204",
        parameters: { "method.response.header.A": "integration.request.body.x" },
      }),
    /the mapping integration\.request\.body\.x is not served locally/,
  ],
])("rejects %s in one line", async (_, change, message) => {
  const json = restStack([{ method: "GET", path: "/echo", function: "echo" }]);
  change(json.resource);
  const error: unknown = await serve(json).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StackError);
  expect(String((error as Error).message)).toMatch(message);
  expect(String((error as Error).message)).not.toContain("\n");
});

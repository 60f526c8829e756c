import { type Resources, serve } from "../rest-stack";
import { httpStack, jwt } from "./http-stack";

const faults: [string, (resource: Resources) => void, RegExp][] = [
  ["a WebSocket API", (r) => set(r, "api", "api", { protocol_type: "WEBSOCKET" }), /protocol_type WEBSOCKET/],
  ["no stage", (r) => delete r.aws_apigatewayv2_stage, /has no aws_apigatewayv2_stage/],
  ["a stage without deployment", (r) => set(r, "stage", "stage", { auto_deploy: false }), /nothing is deployed/],
  ["a route key without a path", (r) => set(r, "route", "GET_x", { route_key: "$connect" }), /route_key \$connect/],
  ["a route to nothing", (r) => set(r, "route", "GET_x", { target: "integrations/x" }), /target is no/],
  ["a route without authorizer", (r) => set(r, "route", "GET_x", { authorizer_id: "x" }), /needs an authorizer_id/],
  ["a Lambda authorizer", (r) => set(r, "authorizer", "authorizer", { authorizer_type: "REQUEST" }), /REQUEST is not/],
  ["another issuer", (r) => set(r, "authorizer", "authorizer", { jwt_configuration: { issuer: "x" } }), /the issuer x/],
  [
    "a token in the query",
    (r) => set(r, "authorizer", "authorizer", { identity_sources: ["$request.querystring.t"] }),
    /identity_sources/,
  ],
  [
    "payload 3.0",
    (r) => set(r, "integration", "echo", { payload_format_version: "3.0" }),
    /payload_format_version 1\.0 or 2\.0/,
  ],
  ["IAM authorization", (r) => set(r, "route", "GET_x", { authorization_type: "AWS_IAM" }), /AWS_IAM is not served/],
];

const set = (resource: Resources, kind: string, name: string, values: object) =>
  Object.assign(resource[`aws_apigatewayv2_${kind}`]?.[name] ?? {}, values);

test.each(faults)("does not start with %s", async (_, change, message) => {
  const broken = httpStack([{ key: "GET /x", function: "echo", values: jwt }]);
  change(broken.resource);
  await expect(serve(broken)).rejects.toThrow(message);
});

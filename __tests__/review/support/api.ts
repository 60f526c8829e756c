/** A REST API of one path, `/echo`, with what hangs on it; each part can be put another way. */
import { created, destroyed, type JsonObject, kept, type Resource, updated } from "./plan";

export const API = "aws_api_gateway_rest_api.api";
export const METHOD = "aws_api_gateway_method.echo";
export const DEPLOYMENT = "aws_api_gateway_deployment.api";
export const STAGE = "aws_api_gateway_stage.api";

export const apiValues = {
  id: "api1",
  name: "api",
  root_resource_id: "root1",
  endpoint_configuration: [{ types: ["REGIONAL"] }],
};
export const methodValues = {
  id: "m1",
  rest_api_id: "api1",
  resource_id: "res1",
  http_method: "GET",
  authorization: "COGNITO_USER_POOLS",
  authorizer_id: "auth1",
};
export const stageValues = {
  id: "s1",
  rest_api_id: "api1",
  stage_name: "v1",
  deployment_id: "d1",
  access_log_settings: [{ destination_arn: "arn:aws:logs:x", format: "$context.requestId" }],
};

export const path = [
  kept("aws_api_gateway_resource.echo", {
    id: "res1",
    rest_api_id: "api1",
    parent_id: "root1",
    path_part: "echo",
    path: "/echo",
  }),
];
export const api = [kept(API, apiValues), ...path];

/** A deployment that is made anew, and the stage that follows it. */
export const deployed: readonly Resource[] = [
  created(DEPLOYMENT, { rest_api_id: "api1", triggers: { hash: "two" } }, { unknown: { id: true } }),
  updated(STAGE, stageValues, { ...stageValues, deployment_id: undefined }, { unknown: { deployment_id: true } }),
];

/** A route before and after; `undefined` where there is none. The integration is a function's. */
export function route(before: JsonObject | undefined, after: JsonObject | undefined): readonly Resource[] {
  const values = (change: JsonObject) => ({ ...methodValues, ...change });
  const method =
    before && after
      ? updated(METHOD, values(before), values(after))
      : before
        ? destroyed(METHOD, values(before))
        : created(METHOD, values(after ?? {}));
  return [...api, method, ...deployed];
}

/** Method settings of all methods, with execution logs. */
export const SETTINGS = "aws_api_gateway_method_settings.m";
export const settings = (values: JsonObject) => ({
  method_path: "*/*",
  settings: [{ logging_level: "ERROR", data_trace_enabled: false, ...values }],
});

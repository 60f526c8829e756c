import { noEffect } from "../../../review/rules/no-effect";
import { api, DEPLOYMENT, deployed, METHOD, methodValues, STAGE, stageValues } from "../support/api";
import { pairs } from "../support/pairs";
import { created, kept, replaced, updated } from "../support/plan";

const method = updated(METHOD, methodValues, { ...methodValues, request_validator_id: "v" });
const old = [kept(DEPLOYMENT, { id: "d1", rest_api_id: "api1" }), kept(STAGE, stageValues)];
const http = { id: "h1", name: "h" };
const v2 = (auto: boolean) => [
  kept("aws_apigatewayv2_api.h", http),
  updated(
    "aws_apigatewayv2_route.r",
    { api_id: "h1", route_key: "GET /a", authorization_type: "JWT" },
    { api_id: "h1", route_key: "GET /a", authorization_type: "JWT", target: "x" },
  ),
  kept("aws_apigatewayv2_stage.s", { api_id: "h1", name: "v1", auto_deploy: auto }),
];

pairs(noEffect, [
  [
    "unknown",
    "a route of an API whose stage is in another state",
    [
      kept("aws_apigatewayv2_authorizer.a", { id: "a", api_id: "x" }),
      created("aws_apigatewayv2_route.r", {
        api_id: "x",
        route_key: "GET /a",
        authorization_type: "JWT",
        authorizer_id: "a",
      }),
    ],
    "a stage that deploys by itself",
    [
      kept("aws_apigatewayv2_stage.s", { api_id: "x", auto_deploy: true }),
      created("aws_apigatewayv2_route.r", {
        api_id: "x",
        route_key: "GET /a",
        authorization_type: "JWT",
        authorizer_id: "a",
      }),
    ],
  ],

  [
    "no-effect",
    "a method that changes without its deployment",
    [...api, method, ...old],
    "one that changes with it",
    [...api, method, ...deployed],
  ],
  [
    "no-effect",
    "a stage that stays on the old deployment",
    [
      ...api,
      method,
      replaced(DEPLOYMENT, { id: "d1", rest_api_id: "api1" }, { rest_api_id: "api1" }),
      kept(STAGE, stageValues),
    ],
    "nothing but a description",
    [
      ...api,
      updated(
        "aws_api_gateway_model.m",
        { rest_api_id: "api1", schema: "{}" },
        { rest_api_id: "api1", schema: "{}", description: "x" },
      ),
      ...old,
    ],
  ],
  ["no-effect", "an HTTP API without automatic deployment", v2(false), "one with it", v2(true)],
]);

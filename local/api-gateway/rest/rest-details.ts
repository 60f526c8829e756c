import { type JsonObject, nested } from "../../terraform/json";
import type { Block, SynthesizedStack } from "../../terraform/read-stack";
import { indexBlocks } from "../common/index-blocks";
import { type Parameter, pathParameters, type RouteDetails } from "../common/route-details";
import type { Limits } from "../common/throttle";

interface Described {
  readonly stack: SynthesizedStack;
  readonly method: Block;
  readonly path: string;
  readonly stage: string;
  readonly limits: Limits | undefined;
}

/** The details of a REST API's method. */
export function restDetails({ stack, method: { values }, path, stage, limits }: Described): RouteDetails {
  const authorizer = stack
    .resources("aws_api_gateway_authorizer")
    .find((one) => one.values.id === values.authorizer_id);
  const [integration] = indexBlocks(
    stack.resources("aws_api_gateway_integration"),
    "resource_id",
    "http_method",
  )(values);
  return {
    stage,
    authorizer: values.authorization === "NONE" ? undefined : authorizer?.address,
    tokenHeader: String(authorizer?.values.identity_source ?? "method.request.header.Authorization")
      .split(".")
      .at(-1),
    scopes: [values.authorization_scopes ?? []].flat().map(String),
    limits,
    timeoutMs: Number(integration?.values.timeout_milliseconds ?? 29_000),
    bodySchema: bodySchema(stack, values),
    parameters: [...pathParameters(path), ...declaredParameters(values)],
  };
}

function bodySchema(stack: SynthesizedStack, { rest_api_id, request_models }: JsonObject): JsonObject | undefined {
  const { "application/json": name } = nested(request_models) ?? {};
  const models = stack.resources("aws_api_gateway_model");
  const model = models.find(({ values }) => values.rest_api_id === rest_api_id && values.name === name);
  return model && nested(JSON.parse(String(model.values.schema)));
}

/** Query parameters and headers of `request_parameters`: the value says whether they are required. */
function declaredParameters({ request_parameters }: JsonObject): Parameter[] {
  return Object.entries(nested(request_parameters) ?? {}).flatMap(([source, required]): Parameter[] => {
    const [, kind, name = ""] = /^method\.request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
    if (!kind) return [];
    return [{ in: kind === "header" ? "header" : "query", name, required: String(required) === "true" }];
  });
}

/** The OpenAPI document of a route table. */
import type { Route } from "../constructs/api/route";
import { routeName } from "../constructs/api/route";
import { createComponents } from "./components";
import type { Json, Version } from "./json";
import { operation, SECURITY_SCHEME, tagOf } from "./operation";
import { operationIds } from "./operation-id";
import { isDescribed } from "./responses";
import { type OpenApiSettings, usesCookie } from "./settings";

/** The same routes and settings give the same document, with its keys in the same order. */
export function openApiDocument(routes: readonly Route[], settings: OpenApiSettings, version: Version = "3.1"): Json {
  const components = createComponents(version);
  const ids = operationIds(routes);
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll("+}", "}");
    paths[path] ??= {};
    Object.assign(paths[path], {
      [route.method.toLowerCase()]: operation(route, ids.get(route) ?? "", { settings, version, components }),
    });
  }
  const undescribed = withoutResponseSchema(routes);
  return {
    openapi: version === "3.1" ? "3.1.1" : "3.0.3",
    info: {
      title: settings.project,
      version: settings.apiStage,
      description: description(settings),
    },
    servers: [server(settings)],
    tags: [...new Set(routes.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(components.schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: { [SECURITY_SCHEME]: securityScheme(settings, version) },
    },
    ...(undescribed.length > 0 && { "x-routes-without-response-schema": undescribed }),
  };
}

/** The routes whose rows do not say what a success carries. */
export const withoutResponseSchema = (routes: readonly Route[]): string[] =>
  routes.filter((route) => !isDescribed(route)).map(routeName);

const description = (settings: OpenApiSettings) =>
  [
    'Every success is `{"message": "success", "error": false, "success": true, "data": ...}`,',
    'every error `{"message": "<why>", "error": true, "success": false, "data": null}` with a status to match.',
    ...(settings.apiType === "http" ? ['Errors of the gateway are `{"message": "<why>"}`.'] : []),
    ...(usesCookie(settings) ? ["The refresh token is in an HttpOnly cookie."] : []),
  ].join(" ");

function server({ region, apiStage, domainName, domainBasePath }: OpenApiSettings): Json {
  const description = "The deployed API: its URL is the output api_url";
  if (domainName !== undefined) {
    return { url: `https://${[domainName, domainBasePath].filter(Boolean).join("/")}`, description };
  }
  return {
    url: `https://{api_id}.execute-api.{region}.amazonaws.com/${apiStage}`,
    description,
    variables: { api_id: { default: "api-id" }, region: { default: region } },
  };
}

/** API Gateway's import takes tokens in a header only as an `apiKey`. */
function securityScheme({ tokenHeader, tokenUse, apiType }: OpenApiSettings, version: Version): Json {
  const common = { description: `The ${tokenUse} token that POST /user/login returns.`, "x-token-use": tokenUse };
  if (version === "3.1" && tokenHeader.toLowerCase() === "authorization") {
    return { type: "http", scheme: "bearer", bearerFormat: "JWT", ...common };
  }
  return {
    type: "apiKey",
    in: "header",
    name: tokenHeader,
    ...common,
    ...(version === "3.0" && apiType === "rest" && { "x-amazon-apigateway-authtype": "cognito_user_pools" }),
  };
}

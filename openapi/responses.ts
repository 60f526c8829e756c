/** The responses of an operation: its success, and every error that it can have. */
import type { Route } from "../constructs/api/route";
import { errorsOf } from "./errors";
import type { Json, Version } from "./json";
import type { OperationContext } from "./operation";
import { usesCookie } from "./settings";

export function responses(route: Route, name: string, context: OperationContext): Json {
  const errors = [...errorsOf(route, context.settings)].map(([status, cause]) => [
    String(status),
    errorResponse(status, `${cause}.`, context),
  ]);
  return { [String(route.status ?? 200)]: success(route, name, context), ...Object.fromEntries(errors) };
}

/** Whether the route's row says what a success carries. */
export const isDescribed = ({ returns, status }: Route): boolean => returns !== undefined || status === 204;

function success(route: Route, name: string, { components, settings, version }: OperationContext): Json {
  const { status = 200, returns } = route;
  const headers = {
    ...(status === 201 && { Location: header("URL of what was created.", { type: "string" }, true) }),
    ...(usesCookie(settings) &&
      route.refreshCookie && { "Set-Cookie": header("The refresh token, HttpOnly.", { type: "string" }) }),
  };
  const content = {
    "application/json": {
      schema: envelope(version, returns ? components.add(`${name}Data`, returns) : {}),
    },
  };
  return {
    description: isDescribed(route)
      ? "Success."
      : "Success. This route has no response schema: its data is not described.",
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(status !== 204 && route.method !== "HEAD" && { content }),
  };
}

function errorResponse(status: number, description: string, { components, settings, version }: OperationContext): Json {
  const own = components.define("Error", errorEnvelope(version));
  // API_TYPE=http: the gateway has a form of its own, the functions have the envelope.
  const byGateway = settings.apiType === "http" && [401, 403, 413, 429, 500, 503].includes(status);
  const headers = {
    ...(status === 429 && { "Retry-After": header("Seconds to wait.", { type: "integer", minimum: 0 }) }),
    ...(byGateway &&
      [401, 403].includes(status) && { "WWW-Authenticate": header("Why the token is rejected.", { type: "string" }) }),
  };
  const schema = byGateway ? { anyOf: [own, components.define("GatewayError", gatewayError)] } : own;
  return {
    description,
    ...(Object.keys(headers).length > 0 && { headers }),
    content: { "application/json": { schema } },
  };
}

const header = (description: string, schema: Json, required?: boolean): Json => ({
  description,
  ...(required && { required }),
  schema,
});

const one = (version: Version, value: boolean | string): Json => ({
  type: typeof value,
  ...(version === "3.1" ? { const: value } : { enum: [value] }),
});

const envelope = (version: Version, data: Json): Json => ({
  type: "object",
  required: ["message", "error", "success", "data"],
  properties: {
    message: one(version, "success"),
    error: one(version, false),
    success: one(version, true),
    data,
  },
});

const errorEnvelope = (version: Version): Json => ({
  type: "object",
  description: "Why the request failed.",
  required: ["message", "error", "success", "data"],
  properties: {
    message: { type: "string" },
    error: one(version, true),
    success: one(version, false),
    data: version === "3.1" ? { type: "null" } : { type: "object", nullable: true, enum: [null] },
  },
});

const gatewayError: Json = {
  type: "object",
  description: "An error of the gateway, before the function runs.",
  required: ["message"],
  properties: { message: { type: "string" } },
};

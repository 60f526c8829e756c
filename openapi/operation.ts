/** One route as an operation of OpenAPI. */
import { type GenericSchema, safeParse } from "valibot";
import { isPublic, type Route, segments } from "../constructs/api/route";
import { routeLimits } from "../constructs/api/route-limits";
import type { Components } from "./components";
import { exampleOf } from "./example";
import type { Json, Version } from "./json";
import { parameters } from "./parameters";
import { responses } from "./responses";
import { type OpenApiSettings, usesCookie } from "./settings";

export interface OperationContext {
  readonly settings: OpenApiSettings;
  readonly version: Version;
  readonly components: Components;
}

export const SECURITY_SCHEME = "token";

export function operation(route: Route, operationId: string, context: OperationContext): Json {
  const { settings, components } = context;
  const name = pascal(operationId);
  const all = [...parameters(route, name, components), ...cookieParameters(route, settings)];
  const body = bodyOf(route, settings);
  return {
    operationId,
    tags: [tagOf(route)],
    ...(route.summary && { summary: route.summary }),
    description: describe(route, settings),
    security: isPublic(route) ? [] : [{ [SECURITY_SCHEME]: scopes(route, context) }],
    ...(all.length > 0 && { parameters: all }),
    ...(body && {
      requestBody: requestBody(body, body === route.body ? route.example : undefined, name, context),
    }),
    responses: responses(route, name, context),
  };
}

/** The first segment of the path. */
export const tagOf = ({ path }: Route): string => segments(path)[0] ?? "root";

const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Version 3.0 knows scopes of OAuth2 only. */
const scopes = ({ scopes = [] }: Route, { settings, version }: OperationContext) =>
  settings.tokenUse === "access" && version === "3.1" ? [...scopes] : [];

function describe(route: Route, settings: OpenApiSettings): string {
  const { throttleRate, throttleBurst, tokenUse } = settings;
  const stage = { rateLimit: throttleRate, burstLimit: throttleBurst };
  const { rateLimit, burstLimit } = routeLimits([route], stage)[0]?.limit ?? stage;
  const token = `Needs an ${tokenUse} token${tokenUse === "access" && route.scopes ? ` with a scope of ${route.scopes.join(", ")}` : ""}`;
  return [
    isPublic(route)
      ? `Public: ${route.reason}.`
      : `${token}${route.groups ? ` of a member of the group ${route.groups.join(" or ")}` : ""}.`,
    `At most ${rateLimit} requests per second, ${burstLimit} at once, of all callers together.`,
    ...(usesCookie(settings) && route.refreshCookie ? ["The refresh token is in the cookie `refresh_token`."] : []),
    ...(settings.selfSignUp || route.function !== "sign-up"
      ? []
      : ["Only an administrator creates users: the response is 403."]),
  ].join(" ");
}

const bodyOf = (route: Route, settings: OpenApiSettings): GenericSchema | undefined =>
  (usesCookie(settings) && route.refreshCookie?.body) || route.body;

function requestBody(body: GenericSchema, own: unknown, name: string, { components }: OperationContext): Json {
  const example = own ?? exampleOf(body);
  return {
    required: ![{}, []].some((empty) => safeParse(body, empty).success),
    content: {
      "application/json": {
        schema: components.add(`${name}Body`, body),
        ...(example !== undefined && { example }),
      },
    },
  };
}

/** Of a function that reads the cookie: a header that no form of another site can send. */
function cookieParameters(route: Route, settings: OpenApiSettings): Json[] {
  if (!(usesCookie(settings) && route.refreshCookie?.body)) return [];
  return [
    {
      name: "X-Requested-With",
      in: "header",
      required: true,
      schema: { type: "string", minLength: 1 },
      example: "fetch",
    },
    { name: "refresh_token", in: "cookie", schema: { type: "string" } },
  ];
}

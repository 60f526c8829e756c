/** The routes of an API before and after, by method and path: a renamed block is no new route. */
import { perPlan } from "../plan/per-plan";
import type { Change, Plan } from "../plan/plan";
import { predecessor } from "../plan/renamed";
import { type Side, target } from "../plan/resolve";
import { asText, hasMarkAt, isEmpty, pick, texts } from "../plan/value";
import { pathOf } from "./paths";

export interface Route {
  /** `POST /user/login`; the address where the plan does not tell the path. */
  readonly name: string;
  /** Address of its API, or the API's id where it is not in the plan. */
  readonly api: string;
  readonly change: Change;
  /** `NONE` for a public route; undefined when it is known only after apply. */
  readonly authorization: string | undefined;
  /** Whether an authorizer is set; the address where it can be told. */
  readonly authorizer: string | undefined;
  /** A token with any one of them gets through; with none, every token of the pool. */
  readonly scopes: readonly string[];
  readonly apiKey: boolean;
  /** A CORS preflight that API Gateway handles without a function. */
  readonly preflight: boolean;
  /** A route of a WebSocket API. */
  readonly webSocket: boolean;
}

const METHOD = "aws_api_gateway_method";
const ROUTE = "aws_apigatewayv2_route";
export const apiTypes = ["aws_api_gateway_rest_api", "aws_apigatewayv2_api"] as const;

const known = {
  before: perPlan((plan) => readRoutes(plan, "before")),
  after: perPlan((plan) => readRoutes(plan, "after")),
};

/** @returns the routes by API and name */
export const routes = (plan: Plan, side: Side): ReadonlyMap<string, Route> => known[side](plan);

function readRoutes(plan: Plan, side: Side): ReadonlyMap<string, Route> {
  const found = new Map<string, Route>();
  for (const change of plan.ofType(METHOD, ROUTE)) {
    if (!change[side] || (side === "after" && change.verb === "forget")) continue;
    const route = readRoute(plan, change, side);
    found.set(`${route.api} ${sameUrls(route.name)}`, route);
  }
  return found;
}

/** A path with the name of a variable left out: `/orders/{id}` and `/orders/{name}` are the same URLs. */
const sameUrls = (route: string) => route.replace(/\{[^}+]+(\+?)\}/g, "{$1}");

/** Address of the API that something belongs to: the earlier one of an API that was renamed. */
export function apiOf(plan: Plan, change: Change, side: Side): string {
  const attribute = change.type.startsWith("aws_apigatewayv2_") ? "api_id" : "rest_api_id";
  const api = target(plan, change, attribute, apiTypes, side);
  const before = api && side === "after" ? predecessor(plan, api) : undefined;
  return (before ?? api)?.address ?? asText(pick(change[side], attribute)) ?? "";
}

function readRoute(plan: Plan, change: Change, side: Side): Route {
  const values = change[side];
  const rest = change.type === METHOD;
  const unknown = side === "after" ? change.unknown : undefined;
  const authorization = rest ? "authorization" : "authorization_type";
  const name = rest ? methodName(plan, change, side) : asText(pick(values, "route_key"));
  const api = apiOf(plan, change, side);
  return {
    name: name ?? change.address,
    api,
    change,
    authorization: hasMarkAt(unknown, authorization)
      ? undefined
      : (asText(pick(values, authorization)) ?? "NONE").toUpperCase(),
    authorizer: hasMarkAt(unknown, "authorizer_id")
      ? (target(plan, change, "authorizer_id", authorizers, side)?.address ?? "an authorizer")
      : asText(pick(values, "authorizer_id")),
    scopes: texts(pick(values, "authorization_scopes")),
    apiKey: pick(values, "api_key_required") === true,
    webSocket: !rest && isWebSocket(plan, change, side, name),
    preflight:
      name?.split(" ")[0] === "OPTIONS" && (!rest || side === "before" || !reaching(plan).has(`${api} ${name}`)),
  };
}

/** By its API, or, where that is not in the plan, by a key that is no method and path. */
function isWebSocket(plan: Plan, change: Change, side: Side, name: string | undefined): boolean {
  const api = target(plan, change, "api_id", apiTypes, side);
  if (api) return pick(api.after ?? api.before, "protocol_type") === "WEBSOCKET";
  return name !== undefined && name !== "$default" && !name.includes(" ");
}

const authorizers = ["aws_api_gateway_authorizer", "aws_apigatewayv2_authorizer"];

export function methodName(plan: Plan, change: Change, side: Side): string | undefined {
  const path = pathOf(plan, change, "resource_id", side);
  const method = asText(pick(change[side], "http_method"));
  return path !== undefined && method !== undefined ? `${method} ${path}` : undefined;
}

/** Methods with an integration other than MOCK. */
const reaching = perPlan((plan) => {
  const integrations = plan.ofType("aws_api_gateway_integration").filter((change) => !isEmpty(change.after));
  const passedOn = integrations.filter((change) => pick(change.after, "type") !== "MOCK");
  return new Set(passedOn.map((change) => `${apiOf(plan, change, "after")} ${methodName(plan, change, "after")}`));
});

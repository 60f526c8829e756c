/** Requests that work today and will fail. */
import { hidesPaths } from "../api/paths";
import { matches } from "../api/policy";
import { type Route, routes } from "../api/served-routes";
import { append } from "../plan/index-changes";
import type { Change, Plan } from "../plan/plan";
import { plannedValue } from "../plan/resolve";
import { asObject, asText, own } from "../plan/value";
import { SENSITIVE } from "../secrets/mask";
import { CREATED, ENDED, type Finding, looks, place, type Rule } from "./rule";
import { ends } from "./searches";

const PERMISSION = "aws_lambda_permission";
const METHOD = "aws_api_gateway_method";
const ROUTE = "aws_apigatewayv2_route";

export const clientsRoutes: readonly Rule[] = [
  {
    kind: "clients-broken",
    reason: "The route is removed: its callers get 403 (REST API) or 404 (HTTP API).",
    advice:
      "Keep it until the access log shows no requests, or serve both paths for a while. `npm run apply` takes it off the stage; after another apply, run `npm run redeploy`.",
    find: removedRoutes,
  },
  {
    kind: "clients-broken",
    reason:
      "The route is destroyed under one address and created under another, in no order: the apply fails, or deletes what it has just created.",
    advice: "Add a `moved` block from the old address to the new one.",
    find: renamedRoutes,
  },
  {
    kind: "clients-broken",
    reason: "The route now requires a token: requests without one get 401.",
    advice: "Let the clients send the token first.",
    find: stricter((before, after) => before.authorization === "NONE" && isClosed(after), "authorization"),
  },
  {
    kind: "clients-broken",
    reason: "The route now takes requests signed with AWS credentials only: tokens get 403.",
    advice: "Keep the authorizer until every client signs its requests.",
    find: stricter(
      (before, after) => isClosed(before) && before.authorization !== "AWS_IAM" && after.authorization === "AWS_IAM",
      "authorization",
    ),
  },
  {
    kind: "clients-broken",
    reason: "The route now requires scopes: API Gateway then accepts access tokens only, and id tokens get 401.",
    advice: "Let the clients send access tokens with that scope first.",
    find: stricter((before, after) => before.scopes.length === 0 && after.scopes.length > 0, "authorization_scopes"),
  },
  {
    kind: "clients-broken",
    severity: "low",
    reason: "A scope that gave access no longer does.",
    advice: "Keep the scope until no client uses it.",
    find: stricter(
      (before, after) => after.scopes.length > 0 && before.scopes.some((scope) => !after.scopes.includes(scope)),
      "authorization_scopes",
    ),
  },
  {
    kind: "clients-broken",
    reason: "The route now requires an API key.",
    advice: "Hand the keys out first.",
    find: stricter((before, after) => !before.apiKey && after.apiKey, "api_key_required"),
  },
  {
    kind: "clients-broken",
    reason: "An optional header or query parameter becomes required.",
    advice: "Let the function handle its absence, or let the clients send it first.",
    looksAt: { [METHOD]: ["request_parameters"], [ROUTE]: ["request_parameter"] },
    find: stricter(
      (before, after) =>
        required(after.change, "after").some((name) => !required(before.change, "before").includes(name)),
      "request_parameters",
    ),
  },
  {
    kind: "clients-broken",
    reason: "API Gateway may no longer invoke the function of a remaining route: requests get 500.",
    advice: "Keep the permission of every route.",
    looksAt: looks([PERMISSION], "source_arn", "function_name", "qualifier", "statement_id", CREATED, ENDED),
    find: removedPermissions,
  },
];

const isClosed = (route: Route) => route.authorization !== "NONE" && route.authorization !== undefined;

function required(change: Change, side: "before" | "after"): string[] {
  const parameters = Object.entries(asObject(own(change[side], "request_parameters")));
  // A path variable is never left out; its name is not the caller's.
  return parameters
    .filter(([name, value]) => value === true && !name.startsWith("method.request.path."))
    .map(([name]) => name);
}

function stricter(differs: (before: Route, after: Route) => boolean, attribute: string) {
  return (plan: Plan): Finding[] => {
    const after = routes(plan, "after");
    return [...routes(plan, "before")].flatMap(([key, before]) => {
      const now = after.get(key);
      if (!now || now.preflight || !differs(before, now)) return [];
      const shown = attribute === "authorization" && { before: before.authorization, after: now.authorization };
      return [place(now.change, attribute, { ...shown })];
    });
  };
}

/** Without the routes of a destroyed API, and without the preflight of a removed path. */
function removedRoutes(plan: Plan): Finding[] {
  const [before, after] = [routes(plan, "before"), routes(plan, "after")];
  const paths = new Set([...after.values()].map((route) => `${route.api} ${path(route)}`));
  const lost = [...before].filter(([key]) => !after.has(key)).map(([, route]) => route);
  return lost
    .filter((route) => plan.at(route.api)?.verb !== "destroy")
    .filter((route) => route.change.verb !== "forget")
    .filter((route) => !route.name.startsWith("OPTIONS ") || paths.has(`${route.api} ${path(route)}`))
    .map((route) => ({
      address: route.change.address,
      attribute: "route",
      before: hidesPaths(plan) ? SENSITIVE : route.name,
      after: "no such route",
    }));
}

/** Without those of an API that is made anew, which is reported itself. */
function renamedRoutes(plan: Plan): Finding[] {
  const after = routes(plan, "after");
  return [...routes(plan, "before")].flatMap(([key, { change, api, name }]) => {
    const now = after.get(key);
    if (now?.change.verb !== "create" || now.name !== name || change.verb !== "destroy") return [];
    if (plan.at(api)?.verb === "destroy") return [];
    return [place(now.change, "address", { before: change.address, after: now.change.address })];
  });
}

const path = (route: Route) => route.name.split(" ")[1] ?? "";

function removedPermissions(plan: Plan): Finding[] {
  const granted = new Map<string | undefined, string[]>();
  for (const change of plan.ofType(PERMISSION)) {
    if (change.after)
      append(granted, functionOf(change, "after"), String(plannedValue(plan, change, "source_arn") ?? "*"));
  }
  const ending = new Set(
    plan
      .ofType("aws_lambda_function")
      .filter(ends)
      .map((fn) => own(fn.before, "function_name")),
  );
  const kept = [...routes(plan, "after").values()].map(executionPath);
  return plan.ofType(PERMISSION).flatMap((change) => {
    const [fn, arn] = [functionOf(change, "before"), asText(own(change.before, "source_arn")) ?? "*"];
    if (!change.before || change.verb === "keep" || change.verb === "forget" || ending.has(fn)) return [];
    if (granted.get(fn)?.some((other) => matches(other, arn)) || !serves(arn, kept)) return [];
    return [
      place(change, "source_arn", { before: arn, after: asText(own(change.after, "source_arn")) ?? "no permission" }),
    ];
  });
}

const functionOf = (change: Change, side: "before" | "after") =>
  asText(own(change[side], "function_name"))?.replace(/^arn:.*:function:/, "");

/** A route as an execution ARN writes it. */
function executionPath(route: Route): { verb: string; path: string } {
  const [verb = "", ...rest] = route.name.split(" ");
  return { verb, path: rest.join(" ").replace(/\{[^}]*\}/g, "*") };
}

/** Whether an execution ARN such as `arn:.../stage/METHOD/path` is that of one of the routes. */
function serves(arn: string, kept: readonly { verb: string; path: string }[]): boolean {
  const [, , method, ...segments] = arn.slice(arn.indexOf("execute-api")).split("/");
  if (method === undefined) return false;
  const served = `/${segments.join("/")}`;
  return kept.some(({ verb, path }) => (verb === "ANY" || matches(method, verb)) && matches(served, path));
}

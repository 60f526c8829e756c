/** Which origins may read the API's responses. */
import { perPlan } from "../plan/per-plan";
import type { Change, Plan } from "../plan/plan";
import { isUnknown } from "../plan/resolve";
import { asObject, isObject, own, pick, texts } from "../plan/value";
import { CREATED, type Finding, place, type Rule, unknownFinding } from "./rule";

/** Where origins stand: the attribute, and how to find them in it. */
const sources: Readonly<Record<string, { attribute: string; read: (values: unknown) => string[] }>> = {
  aws_api_gateway_integration_response: { attribute: "response_parameters", read: responseOrigins },
  aws_api_gateway_gateway_response: { attribute: "response_parameters", read: responseOrigins },
  aws_apigatewayv2_api: {
    attribute: "cors_configuration",
    read: (values) => texts(pick(values, "cors_configuration.allow_origins")),
  },
  aws_lambda_function_url: { attribute: "cors", read: (values) => texts(pick(values, "cors.allow_origins")) },
  aws_lambda_function: { attribute: "environment.variables", read: environmentOrigins },
};

export const cors: readonly Rule[] = [
  {
    kind: "access-opened",
    reason: "Scripts of more origins may read the API's responses.",
    advice: "List the exact origins of your own sites, never `*`.",
    looksAt: {
      aws_api_gateway_integration_response: ["response_parameters", "response_templates", CREATED],
      aws_api_gateway_gateway_response: ["response_parameters", "response_templates", CREATED],
      aws_apigatewayv2_api: ["cors_configuration"],
      aws_lambda_function_url: ["cors"],
    },
    find: (plan) => origins(plan, (before, after) => after.filter((origin) => !allows(before, origin))),
  },
  {
    kind: "clients-broken",
    severity: "low",
    reason: "An origin is no longer allowed: its users see network errors.",
    advice: "Keep the origin until its site has moved.",
    find: (plan) => origins(plan, (before, after) => before.filter((origin) => !allows(after, origin)), true),
  },
  {
    kind: "access-opened",
    reason: "Browsers send cookies and credentials with cross-origin requests.",
    advice: "Leave credentials off: the token travels in a header.",
    find: credentials,
  },
  {
    kind: "access-opened",
    reason: "Scripts of every origin may read the API's responses.",
    advice: "List the exact origins of your own sites.",
    find: (plan) =>
      eachSource(plan).flatMap(({ change, attribute, before, after }) =>
        before.includes("*") && after.includes("*")
          ? [place(change, attribute, { before: "*", after: "*", standing: true })]
          : [],
      ),
  },
];

const allows = (list: readonly string[], origin: string) => list.includes(origin) || list.includes("*");

/** `usual`: the origins that resources of this type had before. */
const eachSource = perPlan((plan) =>
  Object.entries(sources).flatMap(([type, { attribute, read }]) => {
    const changes = plan.ofType(type);
    const before = changes.map((change) => read(change.before));
    const usual = [...new Set(before.flat())];
    return changes.map((change, i) => ({
      change,
      attribute,
      before: before[i] ?? [],
      after: read(change.after),
      usual,
    }));
  }),
);

/** A new resource is measured by what others of its type had: a new route with the same origins opens nothing. */
function origins(plan: Plan, differ: (before: string[], after: string[]) => string[], existing = false): Finding[] {
  return eachSource(plan).flatMap(({ change, attribute, after, usual, ...source }) => {
    if (!change.after || change.verb === "keep" || (existing && !change.before)) return [];
    // one unknown variable does not hide the others
    if (isUnknown(change, attribute) && attribute !== "environment.variables") {
      return existing ? [] : [unknownFinding(change, attribute)];
    }
    // the first resource of its type opens nothing, unless it allows every origin
    if (!change.before && usual.length === 0 && !after.includes("*")) return [];
    const before = change.before ? source.before : usual;
    // an empty list means that CORS is handled elsewhere
    if (existing && after.length === 0) return [];
    const differing = differ(before, after);
    return differing.length > 0 ? [place(change, attribute, { before, after })] : [];
  });
}

const ORIGIN = /\bhttps?:\/\/[^\s"'<>\\,)]+/g;
const isOriginHeader = (name: string) => /header\.access-control-allow-origin$/i.test(name);

/** A static header, or a template that picks one of several. One that hands back whatever came in allows them all. */
function responseOrigins(values: unknown): string[] {
  const headers = Object.entries(asObject(own(values, "response_parameters")))
    .filter(([name]) => isOriginHeader(name))
    .map(([, value]) => String(value).replace(/^'|'$/g, ""))
    .map((value) => (/^(method\.request|integration\.|context)/.test(value) ? "*" : value));
  const templates = Object.values(asObject(own(values, "response_templates")))
    .map(String)
    .filter((text) => /access-control-allow-origin/i.test(text));
  const listed = templates.flatMap((text) => {
    const found = text.match(ORIGIN) ?? [];
    return found.length > 0 ? found : ["*"];
  });
  return [...new Set([...headers, ...listed])];
}

function environmentOrigins(values: unknown): string[] {
  const variables = Object.entries(asObject(pick(values, "environment.variables")));
  return variables
    .filter(([name]) => /ORIGIN/i.test(name))
    .flatMap(([, value]) => (typeof value === "string" ? value.split(",").map((origin) => origin.trim()) : []))
    .filter(Boolean);
}

function credentials(plan: Plan): Finding[] {
  return eachSource(plan).flatMap(({ change, attribute }) => {
    if (change.verb === "keep" || !allowsCredentials(change, "after") || allowsCredentials(change, "before")) return [];
    return [place(change, attribute, { before: "no credentials", after: "credentials" })];
  });
}

function allowsCredentials(change: Change, side: "before" | "after"): boolean {
  const parameters = own(change[side], "response_parameters");
  const header = Object.entries(isObject(parameters) ? parameters : {}).find(([name]) =>
    /header\.access-control-allow-credentials$/i.test(name),
  );
  return (
    header?.[1] === "'true'" ||
    pick(change[side], "cors_configuration.allow_credentials") === true ||
    pick(change[side], "cors.allow_credentials") === true
  );
}

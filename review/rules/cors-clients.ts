/** Requests of pages that a browser no longer sends: their preflight does not allow them. */
import { isRemoved } from "../plan/compare";
import { asObject, isEmpty, texts } from "../plan/value";
import type { Rule } from "./rule";
import { anyOf, onChange } from "./searches";

const HTTP_API = "aws_apigatewayv2_api";
const URL = "aws_lambda_function_url";

export const corsClients: readonly Rule[] = [
  {
    kind: "clients-broken",
    reason:
      "A request header or method is no longer allowed to pages of other origins: the browser sends no such request.",
    advice: "Keep every header and method that pages use (authorization, content-type).",
    ...anyOf(
      onChange(HTTP_API, ["cors_configuration.allow_headers", "cors_configuration.allow_methods"], losesWords),
      onChange(URL, ["cors.allow_headers", "cors.allow_methods"], losesWords),
      // without the methods: one goes with its route
      onChange("aws_api_gateway_integration_response", "response_parameters", (before, after) =>
        losesWords(headersOf(before), headersOf(after)),
      ),
    ),
  },
  {
    kind: "clients-broken",
    severity: "low",
    reason:
      "API Gateway no longer answers preflight requests: pages of other origins fail, unless a function answers them.",
    advice: "Keep cors_configuration, or add OPTIONS routes that answer.",
    ...anyOf(onChange(HTTP_API, "cors_configuration", isRemoved), onChange(URL, "cors", isRemoved)),
  },
];

/** An empty list is another question: CORS is handled elsewhere, or not at all. */
function losesWords(before: unknown, after: unknown): boolean {
  const words = (list: unknown) => texts(list).map((word) => word.toLowerCase());
  const left = words(after);
  if (isEmpty(after) || left.includes("*")) return false;
  return words(before).some((word) => !left.includes(word));
}

/** `'Content-Type,Authorization'` */
function headersOf(parameters: unknown): string[] {
  const value = Object.entries(asObject(parameters)).find(([name]) =>
    /header\.access-control-allow-headers$/i.test(name),
  )?.[1];
  return typeof value === "string"
    ? value
        .replaceAll("'", "")
        .split(",")
        .map((name) => name.trim())
        .filter(Boolean)
    : [];
}

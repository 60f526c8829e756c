import type { JsonObject } from "../../terraform/json";
import type { ApiResponse, Header } from "./response";

const KEYS = new Set(["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"]);

/** The function's response breaks the proxy contract; the message says how, for the local log. */
export class MalformedProxyResponse extends Error {
  override readonly name = "MalformedProxyResponse";
}

/**
 * Reads a function's response as a REST API does.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 * @param payload JSON text
 * @param binary whether base64 may be decoded for this request
 * @throws MalformedProxyResponse where AWS responds with 502
 */
export function proxyResponse(payload: string, binary: boolean): ApiResponse {
  const response: unknown = JSON.parse(payload);
  if (!isMap(response)) throw new MalformedProxyResponse("the response is not an object");
  const unknown = Object.keys(response).find((key) => !KEYS.has(key));
  if (unknown) throw new MalformedProxyResponse(`the response has an unknown key ${unknown}`);
  return {
    status: statusOf(response.statusCode),
    headers: [...headersOf(response)],
    body: bodyOf(response, binary),
  };
}

export function bodyOf({ body, isBase64Encoded }: JsonObject, binary: boolean): string | Buffer {
  const text = scalar(body ?? "", "body");
  return binary && (isBase64Encoded === true || isBase64Encoded === "true") ? Buffer.from(text, "base64") : text;
}

/** A number or numeric text from 100 to 599; 200 if missing. */
export function statusOf(value: unknown): number {
  const status = value === undefined || value === null ? 200 : Number(typeof value === "boolean" ? Number.NaN : value);
  if (Number.isInteger(status) && status >= 100 && status <= 599 && value !== "") return status;
  throw new MalformedProxyResponse("statusCode is not a status");
}

/** Merges both maps; a value that is in both is sent once. */
function* headersOf({ headers, multiValueHeaders }: JsonObject): Generator<Header> {
  const seen = new Set<string>();
  for (const [name, values] of Object.entries(mapOf(multiValueHeaders, "multiValueHeaders"))) {
    if (!Array.isArray(values)) throw new MalformedProxyResponse(`multiValueHeaders ${name} is not a list`);
    for (const value of values) {
      const text = headerText(name, value);
      seen.add(`${name.toLowerCase()}\n${text}`);
      yield [name, text];
    }
  }
  for (const [name, value] of Object.entries(mapOf(headers, "headers"))) {
    const text = headerText(name, value);
    if (!seen.has(`${name.toLowerCase()}\n${text}`)) yield [name, text];
  }
}

/** `headers` alone: one value per name. */
export const singleHeaders = (headers: unknown): Header[] =>
  Object.entries(mapOf(headers, "headers")).map(([name, value]) => [name, headerText(name, value)]);

function mapOf(value: unknown, what: string): JsonObject {
  if (value === undefined || value === null) return {};
  if (isMap(value)) return value;
  throw new MalformedProxyResponse(`${what} is not an object`);
}

/** Rejects names and values that HTTP does not allow: Node.js would throw on sending them. */
function headerText(name: string, value: unknown): string {
  const text = scalar(value ?? "", `header ${name}`);
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(text)) {
    throw new MalformedProxyResponse(`header ${JSON.stringify(name)} cannot be sent`);
  }
  return text;
}

function scalar(value: unknown, what: string): string {
  if (typeof value === "object") throw new MalformedProxyResponse(`${what} is not text`);
  return String(value);
}

export function isMap(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

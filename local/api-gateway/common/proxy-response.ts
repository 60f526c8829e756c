import type { JsonObject } from "../../terraform/json";
import type { Answer, Header } from "./response";

const KEYS = new Set(["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"]);

/** The function's answer breaks the proxy contract; the message says how, for the local log. */
export class MalformedAnswer extends Error {
  override readonly name = "MalformedAnswer";
}

/**
 * Reads a function's answer as a REST API does.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 * @param payload JSON text
 * @param binary whether base64 may be decoded for this request
 * @throws MalformedAnswer for what AWS answers with 502
 */
export function proxyAnswer(payload: string, binary: boolean): Answer {
  const answer: unknown = JSON.parse(payload);
  if (!isMap(answer)) throw new MalformedAnswer("the answer is not an object");
  const unknown = Object.keys(answer).find((key) => !KEYS.has(key));
  if (unknown) throw new MalformedAnswer(`the answer has an unknown key ${unknown}`);
  const body = scalar(answer.body ?? "", "body");
  const encoded = binary && (answer.isBase64Encoded === true || answer.isBase64Encoded === "true");
  return {
    status: statusOf(answer.statusCode),
    headers: [...headersOf(answer)],
    body: encoded ? Buffer.from(body, "base64") : body,
  };
}

/** A number, or text that is one; missing is 200. Outside HTTP's range there is nothing that could be sent. */
function statusOf(value: unknown): number {
  const status = value === undefined || value === null ? 200 : Number(typeof value === "boolean" ? Number.NaN : value);
  if (Number.isInteger(status) && status >= 100 && status <= 599 && value !== "") return status;
  throw new MalformedAnswer("statusCode is not a status");
}

/** Both maps merged: a value that stands in both counts once. */
function* headersOf({ headers, multiValueHeaders }: JsonObject): Generator<Header> {
  const seen = new Set<string>();
  for (const [name, values] of Object.entries(mapOf(multiValueHeaders, "multiValueHeaders"))) {
    if (!Array.isArray(values)) throw new MalformedAnswer(`multiValueHeaders ${name} is not a list`);
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

function mapOf(value: unknown, what: string): JsonObject {
  if (value === undefined || value === null) return {};
  if (isMap(value)) return value;
  throw new MalformedAnswer(`${what} is not an object`);
}

/** Node refuses to send what is no header name or value; so does HTTP. */
function headerText(name: string, value: unknown): string {
  const text = scalar(value ?? "", `header ${name}`);
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(text)) {
    throw new MalformedAnswer(`header ${JSON.stringify(name)} cannot be sent`);
  }
  return text;
}

function scalar(value: unknown, what: string): string {
  if (typeof value === "object") throw new MalformedAnswer(`${what} is not text`);
  return String(value);
}

function isMap(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

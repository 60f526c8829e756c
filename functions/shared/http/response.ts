import type { APIGatewayProxyResult } from "aws-lambda";
import type { ErrorResponse } from "../error-response";
import { stringProperty } from "../json";
import type { Headers } from "./cors";
import { requestPath } from "./event";

export interface ResponseOptions {
  /**
   * Further headers. They replace the defaults of the same name (`Cache-Control: no-store`); those of CORS stay.
   * @default - none
   */
  readonly headers?: Headers;
  /**
   * Values of `Set-Cookie` headers: see `cookie()`.
   * @default - none
   */
  readonly cookies?: readonly string[];
}

/** What an operation returns to respond with more than `200` and its data. Made by `ok`, `created`, `noContent`, `redirect` and `raw`. */
export class HttpResponse<T = unknown> {
  constructor(
    readonly status: number,
    /** Put in the envelope as `data`, or sent as it is, or no body at all. */
    readonly content: { readonly data: T } | { readonly raw: string | Uint8Array } | undefined,
    readonly options: ResponseOptions = {},
  ) {}
}

/** `200` with `data` in the envelope. Returning `data` alone does the same. */
export const ok = <T>(data: T, options?: ResponseOptions): HttpResponse<T> => new HttpResponse(200, { data }, options);

/**
 * `201` with `data` in the envelope.
 * @param location URL of what was created. A name such as `42` is below the request's own path: `/v1/notes/42` for
 * `POST /v1/notes`. A path or a URL is sent as it is: such a path begins with the API's stage.
 */
export const created = <T>(data: T, location: string, options: ResponseOptions = {}): HttpResponse<T> =>
  new HttpResponse(201, { data }, { ...options, headers: { ...options.headers, Location: location } });

/** `204` without a body. */
export const noContent = (options?: ResponseOptions): HttpResponse<never> =>
  new HttpResponse<never>(204, undefined, options);

/** @param status `302` Found; `303` to have the next request be a GET; `307` and `308` keep method and body */
export const redirect = (
  location: string,
  status: 301 | 302 | 303 | 307 | 308 = 302,
  options: ResponseOptions = {},
): HttpResponse<never> =>
  new HttpResponse<never>(status, undefined, { ...options, headers: { ...options.headers, Location: location } });

/**
 * `200` with text or bytes instead of the envelope. A REST API returns bytes only for the media types in BINARY_MEDIA_TYPES,
 * to a request whose first `Accept` type is one of them; it sends base64 text otherwise. HTTP APIs return them always.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/lambda-proxy-binary-media.html
 * @param contentType `text/csv; charset=utf-8`, `image/png`
 */
export const raw = (
  content: string | Uint8Array,
  contentType: string,
  options: ResponseOptions = {},
): HttpResponse<never> =>
  new HttpResponse<never>(
    200,
    { raw: content },
    { ...options, headers: { ...options.headers, "Content-Type": contentType } },
  );

/** `no-store`: responses hold tokens and attributes of users. */
const defaults: Headers = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };
const json: Headers = { "Content-Type": "application/json" };

/**
 * The response to a finished operation, in the shape of API Gateway's payload format 1.0:
 * `{"message":"success","error":false,"success":true,"data":...}`
 * @param result data, or an `HttpResponse`
 * @throws Error if a header or cookie cannot be sent
 */
export function success(result: unknown, cors: Headers, event: unknown): APIGatewayProxyResult {
  const { status, content, options } = result instanceof HttpResponse ? result : ok(result);
  const { headers = {}, cookies = [] } = options;
  const location = stringProperty(headers, "Location");
  const sent = merge(
    defaults,
    content && "data" in content ? json : {},
    headers,
    location && status === 201 ? { Location: located(location, event) } : {},
    cors,
  );
  for (const value of [...Object.entries(sent).flat(), ...cookies]) checkPrintable(value);
  return {
    statusCode: status,
    headers: sent,
    ...(cookies.length > 0 && { multiValueHeaders: { "Set-Cookie": [...cookies] } }),
    ...bodyOf(content),
  };
}

function bodyOf(content: HttpResponse["content"]): { readonly body: string; readonly isBase64Encoded?: boolean } {
  if (!content) return { body: "" };
  if ("data" in content) {
    const { data = null } = content;
    return { body: JSON.stringify({ message: "success", error: false, success: true, data }) };
  }
  if (typeof content.raw === "string") return { body: content.raw };
  return { body: Buffer.from(content.raw).toString("base64"), isBase64Encoded: true };
}

/** `{"message":"<why>","error":true,"success":false,"data":null}` */
export const failure = ({ status, message, retryAfter }: ErrorResponse, cors: Headers): APIGatewayProxyResult => ({
  statusCode: status,
  headers: {
    ...json,
    ...defaults,
    ...cors,
    ...(retryAfter !== undefined && { "Retry-After": String(retryAfter) }),
  },
  body: JSON.stringify({ message, error: true, success: false, data: null }),
});

/** Names are compared without case; of equal ones the last counts. `Vary` lists what every part names. */
function merge(...parts: readonly Headers[]): Headers {
  const found = new Map<string, readonly [string, string]>();
  for (const [name, value] of parts.flatMap((part) => Object.entries(part))) {
    const before = found.get(name.toLowerCase())?.[1];
    found.set(name.toLowerCase(), [name, name.toLowerCase() === "vary" && before ? `${before}, ${value}` : value]);
  }
  return Object.fromEntries(found.values());
}

const located = (location: string, event: unknown) =>
  /^(\/|[a-z][a-z\d+.-]*:)/i.test(location) ? location : `${requestPath(event)}/${encodeURIComponent(location)}`;

/** A line break in a header would begin another one. */
function checkPrintable(value: unknown): void {
  if (typeof value !== "string" || !/^[\x20-\x7e]*$/.test(value)) {
    throw new TypeError("a response header must be a string of printable ASCII characters");
  }
}

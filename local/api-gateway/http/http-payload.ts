import type { JsonObject } from "../../terraform/json";
import { eventHeaders, multiValues, orNull, type PayloadFormat, type Values } from "../common/payload";
import { proxyEvent } from "../common/proxy-event";
import {
  bodyOf,
  isMap,
  MalformedProxyResponse,
  proxyResponse,
  singleHeaders,
  statusOf,
} from "../common/proxy-response";
import { type ApiRequest, contentType } from "../common/request";
import type { ApiResponse, Header } from "../common/response";
import { responseHeaders } from "../common/response-headers";

/** Content type of a response that names none. */
const DEFAULT_TYPE = "text/plain; charset=utf-8";

/** The function gets text as it is and everything else in base64. */
const isBinary = (request: ApiRequest) =>
  !/^(text\/.*|application\/(json|xml|javascript|.*\+json|.*\+xml))$/.test(contentType(request));

/**
 * The payload formats of an HTTP API, by `payload_format_version`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const httpPayloads: Readonly<Record<string, PayloadFormat>> = {
  "1.0": {
    event: (authorized) => {
      const { request, pathParameters } = authorized.sources;
      return proxyEvent(authorized, {
        version: "1.0",
        path: request.path,
        headers: httpHeaders(request),
        pathParameters: decodedValues(pathParameters),
        binary: isBinary(request),
      });
    },
    response: (payload) => withDefaults(proxyResponse(payload, true)),
  },
  "2.0": { event: event2, response: (payload) => response2(JSON.parse(payload)) },
};

const withDefaults = (response: ApiResponse): ApiResponse => ({
  ...response,
  headers: responseHeaders(response.headers, DEFAULT_TYPE),
});

/** Unlike a REST API, an HTTP API passes Content-Length on, and writes some names in its own letter case. */
function httpHeaders(request: ApiRequest): (readonly [string, string])[] {
  const named = eventHeaders(request).map(([name, value]) => [OWN_CASE[name.toLowerCase()] ?? name, value] as const);
  return [["Content-Length", String(request.body.length)], ...named];
}
const OWN_CASE: Readonly<Record<string, string>> = { host: "Host", "user-agent": "User-Agent" };

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const decodedValues = (values: Readonly<Values>): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, decoded(value)]));

function event2({ sources, stageVariables, resourcePath }: Parameters<PayloadFormat["event"]>[0]): string {
  const { request, context, pathParameters } = sources;
  const binary = isBinary(request);
  const pairs = httpHeaders(request).map(([name, value]) => [name.toLowerCase(), value] as const);
  const cookies = pairs.filter(([name]) => name === "cookie").flatMap(([, value]) => value.split(/;\s*/));
  const joined = (values: Iterable<readonly [string, string]>): Values =>
    Object.fromEntries([...multiValues(values)].map(([name, all]) => [name, all.join(",")]));
  const { authorizer, identity, ...shared } = context as JsonObject & { authorizer?: object; identity: JsonObject };
  return JSON.stringify({
    version: "2.0",
    routeKey: shared.resourceId ?? resourcePath,
    rawPath: request.path,
    rawQueryString: request.query,
    cookies: cookies.length > 0 ? cookies : undefined,
    headers: joined(pairs.filter(([name]) => name !== "cookie")),
    queryStringParameters: orNull(joined(new URLSearchParams(request.query))) ?? undefined,
    requestContext: {
      accountId: shared.accountId,
      apiId: shared.apiId,
      authorizer: authorizer && { jwt: authorizer },
      domainName: shared.domainName,
      domainPrefix: shared.domainPrefix,
      http: {
        method: request.method,
        path: request.path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: identity.userAgent ?? "",
      },
      requestId: shared.requestId,
      routeKey: shared.resourceId,
      stage: shared.stage,
      time: shared.requestTime,
      timeEpoch: shared.requestTimeEpoch,
    },
    pathParameters: orNull(decodedValues(pathParameters)) ?? undefined,
    stageVariables: orNull(stageVariables) ?? undefined,
    body: request.body.length === 0 ? undefined : request.body.toString(binary ? "base64" : "utf8"),
    isBase64Encoded: binary && request.body.length > 0,
  });
}

/** Without a `statusCode`, the whole result is the body of a 200. */
function response2(result: unknown): ApiResponse {
  if (!isMap(result) || result.statusCode === undefined) {
    const body = typeof result === "string" ? result : JSON.stringify(result);
    return { status: 200, headers: [["Content-Type", "application/json"]], body };
  }
  const { cookies = [], statusCode, headers } = result;
  if (!Array.isArray(cookies)) throw new MalformedProxyResponse("cookies is not a list");
  if (typeof result.body === "object" && result.body !== null) throw new MalformedProxyResponse("body is not text");
  const setCookies = cookies.map((cookie): Header => ["set-cookie", String(cookie)]);
  return withDefaults({
    status: statusOf(statusCode),
    headers: [...singleHeaders(headers), ...setCookies],
    body: bodyOf(result, true),
  });
}

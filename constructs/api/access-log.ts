/**
 * Access log format: one JSON line per request. It holds no header, query or body, with which a client could break out of a JSON
 * string. A client can choose `requestId`, but not `extendedRequestId`.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 * @param resource variable for the matched path, which differs between REST and HTTP APIs
 * @param tracing whether X-Ray traces the API: REST APIs only
 */
export const accessLogFormat = (resource: "$context.resourcePath" | "$context.routeKey", tracing = false): string =>
  JSON.stringify({
    requestId: "$context.requestId",
    extendedRequestId: "$context.extendedRequestId",
    // Lambda's: in a function's log it is all that a crash or a time-out leaves.
    functionRequestId: "$context.integration.requestId",
    ...(tracing && { traceId: "$context.xrayTraceId" }),
    time: "$context.requestTimeEpoch",
    sourceIp: "$context.identity.sourceIp",
    method: "$context.httpMethod",
    resource,
    status: "$context.status",
    error: "$context.error.responseType",
    sub: "$context.authorizer.claims.sub",
    latencyMs: "$context.responseLatency",
    integrationLatencyMs: "$context.integrationLatency",
    responseBytes: "$context.responseLength",
  });

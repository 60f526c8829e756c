/**
 * One JSON line a request. Only variables that API Gateway fills in itself or that cannot break out of a JSON string:
 * no header, no query, no body. A client can choose `requestId`; `extendedRequestId` it cannot.
 * @param resource the variable that names what matched: REST and HTTP APIs have none in common
 */
export const accessLogFormat = (resource: "$context.resourcePath" | "$context.routeKey"): string =>
  JSON.stringify({
    requestId: "$context.requestId",
    extendedRequestId: "$context.extendedRequestId",
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

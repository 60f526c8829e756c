import { eventHeaders, type PayloadFormat } from "../common/payload";
import { proxyEvent } from "../common/proxy-event";
import { proxyResponse } from "../common/proxy-response";
import { contentType } from "../common/request";
import { responseHeaders } from "../common/response-headers";
import { responseTraceId } from "../common/trace-id";

/** Whether a REST API treats bodies of a media type as binary. */
export type IsBinary = (mediaType: string) => boolean;

/** @param types `binary_media_types`: `image/png`, `image/*` or all */
export const binaryTypes =
  (types: readonly string[]): IsBinary =>
  (type) =>
    types.some((own) => own === "*/*" || own === type || (own.endsWith("/*") && type.startsWith(own.slice(0, -1))));

/** Payload 1.0 as a REST API writes and reads it. */
export const restPayload = (isBinary: IsBinary): PayloadFormat => ({
  event: (authorized) => {
    const { request, pathParameters } = authorized.sources;
    return proxyEvent(authorized, {
      // Of several slashes after the stage, requestContext.path keeps all and path one (recorded by LocalStack's tests).
      path: request.path.replace(/^\/+/, "/"),
      headers: eventHeaders(request),
      pathParameters,
      binary: isBinary(contentType(request)),
    });
  },
  response: (payload, { headers, traceId, time }) => {
    const accepted = headers.accept?.split(/[,;]/, 1)[0]?.trim().toLowerCase() ?? "*/*";
    const response = proxyResponse(payload, isBinary(accepted));
    const kept = responseHeaders(response.headers, "application/json");
    return { ...response, headers: [...kept, ["X-Amzn-Trace-Id", responseTraceId(traceId, time)]] };
  },
});

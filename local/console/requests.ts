import { isUtf8 } from "node:buffer";
import type { Entry } from "./history";
import type { BodyText, RequestDetail, RequestSummary } from "./protocol";

export function summarize({ id, record }: Entry): RequestSummary {
  const { request, target, steps, response, durationMs } = record;
  const last = steps.at(-1);
  return {
    id,
    requestId: request.requestId,
    extendedRequestId: request.extendedRequestId,
    time: request.time,
    method: request.method,
    target,
    ...(response && { status: response.status }),
    ...(durationMs !== undefined && { durationMs }),
    ...(last?.passed === false && { rejected: last }),
  };
}

export function detail(entry: Entry): RequestDetail {
  const { request, steps, logs, response } = entry.record;
  const { rawHeaders } = request;
  const headers = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ""] as const] : []));
  return {
    ...summarize(entry),
    headers,
    body: bodyText(request.body, request.headers["content-length"]),
    steps,
    logs,
    ...(response && { response: { headers: response.headers, body: bodyText(response.body) } }),
  };
}

function bodyText(body: string | Buffer, length?: string): BodyText {
  const bytes = Number(length);
  const cut = bytes > body.length ? { bytes } : {};
  if (typeof body === "string") return { text: body, ...cut };
  // A cut may end within a character.
  return isUtf8(body) || "bytes" in cut
    ? { text: body.toString(), ...cut }
    : { text: `${body.length} bytes`, isBinary: true };
}

import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Trace } from "./trace";

/** One request with its whole body. */
export interface ApiRequest {
  readonly method: string;
  /** Path below the stage as it was sent: not decoded, a trailing slash kept. */
  readonly path: string;
  /** Query without the question mark, as it was sent. */
  readonly query: string;
  /** Name and value in turn, in the client's own letter case. */
  readonly rawHeaders: readonly string[];
  /** Header values by lower-case name. */
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly protocol: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** `X-Amzn-Trace-Id`: the client's, or a new one. */
  readonly traceId: string;
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** Collects what is decided about the request; absent if there is no observer. */
  readonly trace?: Trace;
}

/** API Gateway's limit for a request body, in bytes: 10 MB. */
export const BODY_LIMIT = 10_485_760;

/** The target's first segment is the stage, the rest the path below it. */
export function splitTarget(url: string) {
  const target = url.replace(/^https?:\/\/[^/?]*/i, "") || "/"; // a proxy's form of it
  const mark = target.indexOf("?");
  const whole = mark < 0 ? target : target.slice(0, mark);
  const slash = whole.indexOf("/", 1);
  return {
    stage: slash < 0 ? whole.slice(1) : whole.slice(1, slash),
    path: slash < 0 ? "/" : whole.slice(slash),
    query: mark < 0 ? "" : target.slice(mark + 1),
    whole: whole || "/",
  };
}

const NO_BODY = Buffer.alloc(0);

/** The whole body; undefined as soon as it is longer than BODY_LIMIT. The rest is discarded. */
export function readBody(req: IncomingMessage): Promise<Buffer | undefined> | Buffer {
  const { "content-length": length, "transfer-encoding": encoding } = req.headers;
  if (encoding === undefined && (length === undefined || length === "0")) return NO_BODY;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT) chunks.push(chunk);
      else resolve(undefined);
    });
    req.on("end", () => resolve(Buffer.concat(chunks)));
    req.on("error", reject);
  });
}

/**
 * Identifiers of a request. A client can override the first by sending the header itself, so neither logs nor
 * authorization may trust it: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export function requestIds({ headers }: IncomingMessage): Pick<ApiRequest, "requestId" | "extendedRequestId"> {
  const given = headers["x-amzn-requestid"];
  const requestId = typeof given === "string" && /^[\w-]{1,128}$/.test(given) ? given : randomUUID();
  return { requestId, extendedRequestId: `${randomUUID().replaceAll("-", "").slice(0, 15)}=` };
}

/** The media type without its parameters. */
export function contentType({ headers }: ApiRequest): string {
  return (headers["content-type"] ?? "application/json").split(";", 1)[0]?.trim().toLowerCase() || "application/json";
}

import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { AwsError } from "./aws-error";

export interface AwsRequest {
  readonly method: string;
  /** As sent: percent-encoded, with the query. */
  readonly url: string;
  /** As sent: percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** DynamoDB's own limit is 16 MB; this one also leaves room for an upload to S3. */
const BODY_LIMIT_BYTES = 64 * 1024 * 1024;

/** @throws AwsError RequestEntityTooLarge */
export async function readRequest(req: IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size <= BODY_LIMIT_BYTES) chunks.push(chunk);
  }
  if (size > BODY_LIMIT_BYTES) {
    throw new AwsError("RequestEntityTooLarge", `The body must be at most ${BODY_LIMIT_BYTES} bytes, got ${size}`, 413);
  }
  const { method = "GET", url = "/", headers } = req;
  const [path = "/", search = ""] = url.split("?", 2);
  // `+` is a plus sign here, as in a signature; URLSearchParams reads a blank.
  const query = new URLSearchParams(search.replaceAll("+", "%2B"));
  return { method, url, path, query, headers, body: Buffer.concat(chunks) };
}

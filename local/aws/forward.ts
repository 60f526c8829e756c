import { request as httpRequest, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import { AwsError } from "./aws-error";
import type { AwsRequest } from "./aws-request";

/** Headers of one connection only: RFC 9110, 7.6.1. */
const HOP_BY_HOP = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade", "host", "expect"]);

interface ForwardOptions {
  /** Further request headers. */
  readonly headers?: OutgoingHttpHeaders;
  /** Changes the text of the response's body. */
  rewrite?(body: string): string;
}

/**
 * Sends a request on and its response back.
 * @param origin `http://127.0.0.1:4566`
 * @returns the status of the response
 * @throws AwsError NotReachable
 */
export function forward(
  origin: string,
  { method, url, headers, body }: AwsRequest,
  res: ServerResponse,
  { headers: further = {}, rewrite }: ForwardOptions = {},
): Promise<number> {
  const end2end = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name));
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      origin,
      // Not as part of the URL, whose dot segments would be resolved: to a key that was not checked.
      { path: url, method, headers: { ...Object.fromEntries(end2end), ...further, "content-length": body.length } },
      (incoming) => {
        const { statusCode = 502, rawHeaders } = incoming;
        const kept = rawHeaders.flatMap((name, at) =>
          at % 2 === 0 && !HOP_BY_HOP.has(name.toLowerCase()) ? [[name, rawHeaders[at + 1] ?? ""] as const] : [],
        );
        if (!rewrite) {
          res.writeHead(statusCode, Object.fromEntries(kept));
          incoming.pipe(res).on("close", () => resolve(statusCode));
          return;
        }
        let text = "";
        incoming.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        incoming.on("end", () => {
          const unsized = kept.filter(([name]) => name.toLowerCase() !== "content-length");
          res.writeHead(statusCode, Object.fromEntries(unsized)).end(rewrite(text));
          resolve(statusCode);
        });
      },
    );
    outgoing.on("error", (error) => {
      if (res.headersSent) res.destroy();
      reject(new AwsError("NotReachable", `Nothing responds at ${origin}: ${error.message}`, 400));
    });
    outgoing.end(body);
  });
}

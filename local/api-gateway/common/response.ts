import type { ServerResponse } from "node:http";

export type Header = readonly [name: string, value: string];

/** The response that is sent to the client. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string | Buffer;
}

/** Statuses whose responses have no body. */
const BODILESS = new Set([204, 304]);

export function send(res: ServerResponse, { status, headers, body }: ApiResponse): void {
  const payload = BODILESS.has(status) ? "" : body;
  const raw = headers.flat();
  if (!BODILESS.has(status)) raw.push("Content-Length", String(Buffer.byteLength(payload)));
  res.writeHead(status, raw).end(payload);
}

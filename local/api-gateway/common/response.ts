import type { ServerResponse } from "node:http";

export type Header = readonly [name: string, value: string];

/** What goes back to the client. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string | Buffer;
}

/** Statuses that HTTP forbids a body for. */
const BODILESS = new Set([204, 304]);

export function send(res: ServerResponse, { status, headers, body }: Answer): void {
  const payload = BODILESS.has(status) ? "" : body;
  const raw = headers.flat();
  if (!BODILESS.has(status)) raw.push("Content-Length", String(Buffer.byteLength(payload)));
  res.writeHead(status, raw).end(payload);
}

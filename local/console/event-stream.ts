import type { ServerResponse } from "node:http";
import type { ConsoleEvents } from "./protocol";

/** Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface EventStream {
  send<Name extends keyof ConsoleEvents>(name: Name, data: ConsoleEvents[Name]): void;
}

/** A page that reads too slowly is cut off: it connects again and gets a snapshot. */
const MAX_PENDING_BYTES = 8 * 1024 * 1024;

export function openEventStream(res: ServerResponse): EventStream {
  res.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8" });
  res.write("retry: 500\n\n");
  return {
    send(name, data) {
      if (res.writableLength > MAX_PENDING_BYTES) res.destroy();
      else res.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    },
  };
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { ownPath } from "../own-path";
import type { Console, ConsoleOptions } from "./console";

export const CONSOLE_PATH = "/_console";

export const consolePath = ownPath(CONSOLE_PATH);

/** The console, whose modules load with the first request for it: `npm start` takes no longer because of it. */
export function openConsole(options: ConsoleOptions, log: (line: string) => void) {
  let loading: Promise<Console> | undefined;
  let loaded: Console | undefined;
  const load = async () => {
    const { createConsole } = require("./console") as typeof import("./console");
    loaded = createConsole(options);
    return loaded;
  };
  return {
    isFor: ({ url = "/" }: IncomingMessage) => consolePath.includes(url),
    handler(req: IncomingMessage, res: ServerResponse) {
      loading ??= load();
      loading
        .then((console) => console.handler(req, res))
        .catch((error: Error) => {
          log(`console  ${error.stack ?? error.message}`);
          if (!res.headersSent) res.writeHead(500);
          res.end();
        });
    },
    reloaded: () => loaded?.reloaded(),
    changed: () => loaded?.changed(),
    isLoaded: () => loaded !== undefined,
  };
}

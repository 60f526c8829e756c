import type { IncomingMessage, ServerResponse } from "node:http";
import type { Gateway } from "../api-gateway/gateway";
import type { Console, ConsoleOptions } from "./console";

export const CONSOLE_PATH = "/_console";

const isConsolePath = (url: string) => /^\/_console(?:[/?]|$)/.test(url);

/** Whether the API serves this path itself: a stage of that name, or a route of the stage `$default`. Catch-all routes do not count. */
export const servesConsolePath = ({ stages, routes }: Pick<Gateway, "stages" | "routes">): boolean =>
  stages.includes("_console") ||
  routes.some(({ path, details }) => isConsolePath(path) && details().stage === "$default");

/** The console, whose modules load with the first request for it: `npm start` takes no longer because of it. */
export function openConsole(options: ConsoleOptions, log: (line: string) => void) {
  let loading: Promise<Console> | undefined;
  let loaded: Console | undefined;
  const load = async () => {
    const { createConsole } = await import("./console");
    loaded = createConsole(options);
    return loaded;
  };
  return {
    isFor: ({ url = "/" }: IncomingMessage) => isConsolePath(url),
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

/** The API's reference page at `/_docs`, from the `openapi.json` of the stack in service. Its modules load with the first request for it. */
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Gateway } from "./api-gateway/gateway";
import { foreignOrigin } from "./console/origin";
import { ownPath } from "./own-path";
import type { SynthesizedStack } from "./terraform/read-stack";
import { stagePath } from "./welcome";

export const REFERENCE_PATH = "/_docs";

export interface Reference {
  /** Whether a request is for this page. */
  isFor(req: IncomingMessage): boolean;
  handler(req: IncomingMessage, res: ServerResponse): void;
}

interface Served {
  readonly stack: SynthesizedStack;
  readonly gateway: Pick<Gateway, "stages">;
}

export const referencePath = ownPath(REFERENCE_PATH);

/** The renderer sets styles of elements and has icons in its style sheet. Nothing is loaded from, or sent to, elsewhere. */
const HEADERS = {
  "Content-Security-Policy":
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};

export function openReference(served: () => Served): Reference {
  const respond = async (req: IncomingMessage, res: ServerResponse) => {
    for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value);
    const { pathname } = new URL(req.url ?? "/", "http://127.0.0.1");
    if (pathname === REFERENCE_PATH) return void res.writeHead(302, { Location: `${REFERENCE_PATH}/` }).end();
    const name = pathname.slice(REFERENCE_PATH.length + 1) || "index.html";
    const reason = foreignOrigin(req, name === "index.html");
    if (reason !== undefined) return send(res, 403, "text/plain", `${reason}\n`);
    if (req.method !== "GET" && req.method !== "HEAD") return send(res, 405, "text/plain", "Method must be GET\n");
    if (name === "openapi.json") return sendDocument(res, served());
    const { referenceFiles } = require("../reference/files") as typeof import("../reference/files");
    const file = referenceFiles().get(name);
    if (!file) return send(res, 404, "text/plain", "Not found\n");
    send(res, 200, file.type, file.content());
  };
  return {
    isFor: ({ url = "/" }) => referencePath.includes(url),
    handler: (req, res) => {
      respond(req, res).catch((error: Error) => send(res, 500, "text/plain", `${error.message}\n`));
    },
  };
}

/** The document with this server as its only one: requests of the page have its origin, so that no CORS rule applies. */
function sendDocument(res: ServerResponse, { stack, gateway }: Served): void {
  const file = join(stack.folder, "openapi.json");
  if (!existsSync(file)) {
    const message = `${stack.folder} holds no openapi.json: synthesize it with npm run synth`;
    send(res, 404, "application/json", JSON.stringify({ message }));
    return;
  }
  const servers = [{ url: stagePath(gateway.stages) || "/", description: "The local API" }];
  send(res, 200, "application/json", JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), servers }));
}

function send(res: ServerResponse, status: number, type: string, content: string | Buffer): void {
  res.writeHead(status, { "Content-Type": type }).end(content);
}

/** The console: a page for the developer at `/_console`, and the JSON that it reads. Loaded with the first request for it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Gateway } from "../api-gateway/gateway";
import { AwsError } from "../aws/aws-error";
import type { DynamoDb } from "../aws/dynamodb";
import type { Cognito } from "../cognito/cognito";
import { CognitoException } from "../cognito/errors";
import { nested } from "../terraform/json";
import type { SynthesizedStack } from "../terraform/read-stack";
import { type EventStream, openEventStream } from "./event-stream";
import { pageFiles } from "./files";
import type { History } from "./history";
import { foreignOrigin } from "./origin";
import { overview } from "./overview";
import type { Overview } from "./protocol";
import { detail, summarize } from "./requests";
import { readRows } from "./tables";
import { runOperation, usersOf } from "./users";

export interface ConsoleOptions {
  /** The stack in service. */
  served(): { readonly stack: SynthesizedStack; readonly gateway: Pick<Gateway, "routes"> };
  readonly cognito: Cognito;
  readonly dynamoDb: Pick<DynamoDb, "call">;
  readonly history: History;
  urls(): Pick<Overview, "apiUrl" | "cognitoUrl" | "referenceUrl">;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface Console {
  handler(req: IncomingMessage, res: ServerResponse): void;
  /** Another stack is in service. */
  reloaded(): void;
  /** Users or rows may have changed. */
  changed(): void;
}

const HEADERS = {
  "Content-Security-Policy":
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};

/** Several changes within this time are one event. */
const CHANGED_MS = 100;
const MAX_INPUT_BYTES = 1024 * 1024;

export function createConsole(options: ConsoleOptions): Console {
  const { served, cognito, history, urls } = options;
  const files = pageFiles();
  const streams = new Set<EventStream>();
  const describe = () => {
    const { stack, gateway } = served();
    return overview({ stack, routes: gateway.routes, pools: cognito.pools(), urls: urls() });
  };
  let announcing: NodeJS.Timeout | undefined;
  const changed = () => {
    if (streams.size === 0 || announcing) return;
    announcing = setTimeout(() => {
      announcing = undefined;
      for (const stream of streams) stream.send("changed", {});
    }, CHANGED_MS);
  };
  history.listen({
    request(entry) {
      for (const stream of streams) stream.send("request", summarize(entry));
      if (entry.record.response) changed();
    },
    message(message) {
      for (const stream of streams) stream.send("message", message);
    },
  });
  const events = (res: ServerResponse) => {
    const stream = openEventStream(res);
    const requests = [...history.requests()].map(summarize);
    stream.send("snapshot", { overview: describe(), requests, messages: history.messages() });
    streams.add(stream);
    res.on("close", () => streams.delete(stream));
  };
  return {
    handler(req, res) {
      for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value);
      const url = new URL(req.url ?? "/", "http://127.0.0.1");
      const path = url.pathname.replace(/^\/_console\/?/, "");
      const reason = foreignOrigin(req, path === "");
      if (reason !== undefined) return sendJson(res, 403, { message: reason });
      const file = files.get(path === "" ? "index.html" : path);
      if (file && req.method === "GET") {
        const { type, content } = file();
        res.writeHead(200, { "Content-Type": type }).end(content);
      } else if (path === "api/events" && req.method === "GET") events(res);
      else {
        if (req.method === "POST") res.once("close", changed);
        respond(options, req, path, url.searchParams).then(
          (body) => sendJson(res, body === undefined ? 404 : 200, body ?? { message: "Not found" }),
          (error: unknown) => sendJson(res, 400, errorBody(error)),
        );
      }
    },
    reloaded() {
      if (streams.size === 0) return;
      const data = describe();
      for (const stream of streams) stream.send("overview", data);
    },
    changed,
  };
}

async function respond(
  { cognito, dynamoDb, history, now, served }: ConsoleOptions,
  req: IncomingMessage,
  path: string,
  query: URLSearchParams,
): Promise<object | undefined> {
  const [, kind = "", rest = ""] = /^api\/(\w+)(?:\/(.+))?$/.exec(path) ?? [];
  const name = decodeURIComponent(rest);
  if (req.method === "POST" && kind === "cognito") return runOperation(cognito, name, await readInput(req));
  if (req.method !== "GET") return undefined;
  if (kind === "users") return usersOf(cognito, name, now());
  if (kind === "requests") {
    const entry = history.request(Number(name));
    return entry && detail(entry);
  }
  const isTable = served()
    .stack.resources("aws_dynamodb_table")
    .some(({ values }) => values.name === name);
  if (kind !== "tables" || !isTable) return undefined;
  const after = query.get("after");
  return readRows(dynamoDb.call, name, after === null ? undefined : nested(JSON.parse(after)));
}

async function readInput(req: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  let text = "";
  for await (const chunk of req.setEncoding("utf8")) {
    text += chunk;
    if (text.length > MAX_INPUT_BYTES) throw new Error(`body must be at most ${MAX_INPUT_BYTES} characters`);
  }
  return nested(JSON.parse(text)) ?? {};
}

function errorBody(error: unknown): { readonly type: string; readonly message: string } {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CognitoException) return { type: error.type, message };
  return { type: error instanceof AwsError ? error.code : "Error", message };
}

function sendJson(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

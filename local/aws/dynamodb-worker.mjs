// DynamoDB (dynalite) in a thread of its own: its region and account come from the environment, and an error that it
// does not catch must not end the local API.
import { createServer } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import dynalite from "dynalite";

const { secret, path } = workerData;
const database = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0, ...(path && { path }) });
const pending = new Set();

process.on("uncaughtException", (error) => {
  parentPort.postMessage({ error: String(error.stack ?? error) });
  for (const res of pending) {
    if (!res.headersSent) res.writeHead(500, { "Content-Type": "application/x-amz-json-1.0" });
    res.end(
      JSON.stringify({ __type: "com.amazonaws.dynamodb.v20120810#InternalServerError", message: "Internal error" }),
    );
  }
});

const server = createServer((req, res) => {
  // Only the endpoint, which has checked the caller's policy, knows the secret.
  if (req.headers["x-local-secret"] !== secret) return res.writeHead(403).end();
  pending.add(res.on("close", () => pending.delete(res)));
  database.emit("request", req, res);
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => parentPort.postMessage({ port: server.address().port }));

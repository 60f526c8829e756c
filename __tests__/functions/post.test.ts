/** The HTTP client against faulty servers. */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { post } from "../../functions/shared/aws/post";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** @returns its URL */
async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}
const never = new AbortController().signal;

test("sends the body with the headers, and returns the response", async () => {
  const url = await serve(async (req, res) => {
    let body = "";
    for await (const chunk of req.setEncoding("utf8")) body += chunk;
    res.writeHead(418, { "x-amzn-RequestId": "id" }).end(`${req.method} ${req.headers["x-a"]} ${body}`);
  });
  expect(await post(url, { "X-A": "1" }, "grüße", never)).toEqual({
    status: 418,
    requestId: "id",
    text: "POST 1 grüße",
  });
});

test("returns a redirect, and does not follow it", async () => {
  let received = 0;
  const url = await serve((_, res) => {
    received++;
    res.writeHead(307, { Location: "/elsewhere" }).end();
  });
  expect(await post(url, {}, "", never)).toMatchObject({ status: 307 });
  expect(received).toBe(1);
});

test("sends again over a new connection when the open one turns out to be closed", async () => {
  const sockets: Socket[] = [];
  const url = await serve((req, res) => {
    sockets.push(req.socket);
    if (sockets.length === 2) req.socket.resetAndDestroy();
    else res.end("response");
  });
  expect(await post(url, {}, "{}", never)).toMatchObject({ text: "response" });
  expect(await post(url, {}, "{}", never)).toMatchObject({ text: "response" });
  expect(sockets).toHaveLength(3);
  expect([sockets[0] === sockets[1], sockets[1] === sockets[2]]).toEqual([true, false]);
});

test.each<[string, RequestListener]>([
  ["at once", (req) => req.socket.resetAndDestroy()],
  [
    "in the middle of the response",
    (req, res) => {
      res.writeHead(200, { "Content-Length": "100" });
      res.write("{", () => setImmediate(() => req.socket.resetAndDestroy()));
    },
  ],
])("fails when a new connection is cut off %s, and sends nothing again", async (_, listener) => {
  let received = 0;
  const url = await serve((req, res) => {
    received++;
    listener(req, res);
  });
  await expect(post(url, {}, "{}", never)).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(received).toBe(1);
});

test.each<[string, RequestListener]>([
  ["no response comes", () => {}],
  ["the response does not end", (_, res) => void res.writeHead(200).write("{")],
])("ends with the signal when %s", async (_, listener) => {
  const time = new AbortController();
  const url = await serve((req, res) => {
    listener(req, res);
    setTimeout(() => time.abort(), 20);
  });
  await expect(post(url, {}, "{}", time.signal)).rejects.toThrow(/abort/i);
});

test("sends nothing when the signal has ended before", async () => {
  let received = 0;
  const url = await serve(() => {
    received++;
  });
  await expect(post(url, {}, "{}", AbortSignal.abort())).rejects.toThrow(/abort/i);
  expect(received).toBe(0);
});

test("fails where nothing listens", async () => {
  const url = await serve(() => {});
  await new Promise((resolve) => servers.pop()?.close(resolve));
  await expect(post(url, {}, "{}", never)).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

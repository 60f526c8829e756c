import type { RequestRecord } from "../../../local/api-gateway/common/trace";
import { createHistory } from "../../../local/console/history";
import { detail } from "../../../local/console/requests";

const record = (body = "", responseBody: string | undefined = undefined): RequestRecord => ({
  request: {
    method: "POST",
    path: "/",
    query: "",
    rawHeaders: ["Content-Length", String(body.length)],
    headers: { "content-length": String(body.length) },
    body: Buffer.from(body),
    sourceIp: "127.0.0.1",
    protocol: "HTTP/1.1",
    time: 0,
    traceId: "",
    requestId: "id",
    extendedRequestId: "",
  },
  target: "/v1/",
  steps: [],
  logs: [],
  response: responseBody === undefined ? undefined : { status: 200, headers: [], body: responseBody },
  durationMs: responseBody === undefined ? undefined : 1,
});

test("keeps the last thousand requests, oldest first", () => {
  const history = createHistory(() => 0);
  for (let count = 0; count < 1010; count++) history.observer(record());
  const ids = [...history.requests()].map(({ id }) => id);
  expect([ids.length, ids[0], ids.at(-1)]).toEqual([1000, 11, 1010]);
});

test("keeps one entry per request, which becomes complete with its response", () => {
  const history = createHistory(() => 0);
  const pending = record();
  history.observer(pending);
  history.observer(record());
  history.observer(Object.assign(pending, { response: { status: 201, headers: [], body: "" }, durationMs: 5 }));
  expect([...history.requests()].map((entry) => [entry.id, entry.record.response?.status])).toEqual([
    [1, 201],
    [2, undefined],
  ]);
});

test("leaves out a request that ends after a thousand later ones", () => {
  const history = createHistory(() => 0);
  const slow = record();
  history.observer(slow);
  for (let count = 0; count < 1000; count++) history.observer(record());
  history.observer(Object.assign(slow, { response: { status: 200, headers: [], body: "" } }));
  expect(history.request(1)).toBeUndefined();
  expect([...history.requests()]).toHaveLength(1000);
});

test("cuts long bodies and tells their size", () => {
  const history = createHistory(() => 0);
  history.observer(record("x".repeat(70_000), "y".repeat(70_000)));
  const entry = history.request(1);
  if (!entry) throw new Error("not kept");
  const { body, response } = detail(entry);
  expect([body.text.length, body.bytes, response?.body.text.length]).toEqual([65_536, 70_000, 65_536]);
});

test("shows bytes that are no text by their number", () => {
  const history = createHistory(() => 0);
  const binary = record();
  history.observer({ ...binary, request: { ...binary.request, body: Buffer.from([0xff, 0xfe]) } });
  const entry = history.request(1);
  expect(entry && detail(entry).body).toEqual({ text: "2 bytes", isBinary: true });
});

test("keeps mails with their time, and tells listeners until they stop", () => {
  const history = createHistory(() => 42);
  const heard: string[] = [];
  const stop = history.listen({ request: () => {}, message: ({ code }) => heard.push(code) });
  const mail = { username: "ada", destination: "ada@example.com", code: "1", purpose: "sign-up" };
  history.deliver(mail);
  stop();
  history.deliver({ ...mail, code: "2" });
  expect(heard).toEqual(["1"]);
  expect(history.messages().map(({ id, time }) => [id, time])).toEqual([
    [1, 42],
    [2, 42],
  ]);
});

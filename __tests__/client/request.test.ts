import { createClient } from "../../client/client";
import { requestOf } from "../../client/request";
import type { Rows } from "../../routes";

test("encodes variables of the path, and keeps the slashes of a rest", () => {
  const url = (name: string, pathParameters: object) =>
    requestOf("https://api.example/v1/", name, { pathParameters }).url;
  expect(url("GET /a/{id}", { id: "x/y z?" })).toBe("https://api.example/v1/a/x%2Fy%20z%3F");
  expect(url("GET /files/{name+}", { name: "a b/c" })).toBe("https://api.example/v1/files/a%20b/c");
});

test.each(["", ".", "..", undefined])("rejects %j as a variable: it would name another path", (id) => {
  expect(() => requestOf("https://api.example", "GET /a/{id}", { pathParameters: { id } })).toThrow(TypeError);
  expect(() => requestOf("https://api.example", "GET /a/{id+}", { pathParameters: { id } })).toThrow(TypeError);
});

test("repeats the name of a list, and leaves out what is undefined", () => {
  const query = { tag: ["a", "b&c"], limit: 5, before: new Date(0), none: undefined };
  expect(requestOf("", "GET /a", { query }).url).toBe("/a?tag=a&tag=b%26c&limit=5&before=1970-01-01T00%3A00%3A00.000Z");
});

const responses = (...list: readonly Response[]) => {
  const left = [...list];
  return jest.fn(async () => left.shift() as Response);
};
const api = (fetch: jest.Mock, maxWaitSeconds = 10) =>
  createClient<Rows>({ baseUrl: "https://api.example", fetch: fetch as never, maxWaitSeconds });
const throttled = (seconds: string) =>
  new Response('{"message":"Too Many Requests"}', { status: 429, headers: { "Retry-After": seconds } });

test("gives up at once when it would have to wait too long", async () => {
  const fetch = responses(throttled("60"));
  await expect(api(fetch as never).request("GET /echo")).rejects.toMatchObject({ status: 429, retryAfter: 60 });
  expect(fetch).toHaveBeenCalledTimes(1);
});

test("gives up after the third 429", async () => {
  const fetch = responses(throttled("0"), throttled("0"), throttled("0"), Response.json({ data: 1 }));
  await expect(api(fetch as never).request("GET /echo")).rejects.toMatchObject({
    status: 429,
    message: "Too Many Requests",
  });
  expect(fetch).toHaveBeenCalledTimes(3);
});

test("stops waiting when the caller aborts", async () => {
  const controller = new AbortController();
  const waiting = api(responses(throttled("5")) as never).request("GET /echo", { signal: controller.signal });
  controller.abort(new Error("the page was left"));
  await expect(waiting).rejects.toThrow("the page was left");
});

test("an error whose body is no JSON has the status as its message", async () => {
  const fetch = responses(new Response("<html>", { status: 502, statusText: "Bad Gateway" }));
  await expect(api(fetch as never).request("GET /echo")).rejects.toMatchObject({ status: 502, message: "Bad Gateway" });
});

test("a 401 that new tokens do not cure is thrown after one more try", async () => {
  const token = `x.${Buffer.from(JSON.stringify({ iat: 0, exp: 3600 })).toString("base64url")}.y`;
  const login = { id_token: token, access_token: token, expires_in: 3600, refresh_token: "r", username: "ada" };
  const denied = () => new Response('{"message":"Unauthorized"}', { status: 401 });
  const json = (data: object) => Response.json({ data });
  const fetch = responses(json(login), denied(), json({ ...login, id_token: `${token}2` }), denied());
  const client = api(fetch as never);
  await client.signIn({ username: "ada", password: "p" });
  await expect(client.request("GET /echo")).rejects.toMatchObject({ status: 401, message: "Unauthorized" });
  expect(fetch).toHaveBeenCalledTimes(4);
});

test("renews before a token expires", async () => {
  const token = (exp: number) => `x.${Buffer.from(JSON.stringify({ iat: 0, exp })).toString("base64url")}.y`;
  const data = (exp: number) => ({
    id_token: token(exp),
    access_token: "a",
    expires_in: 3600,
    refresh_token: "r",
    username: "ada",
  });
  const fetch = responses(
    Response.json({ data: data(20) }),
    Response.json({ data: data(3600) }),
    Response.json({ data: {} }),
  );
  const client = api(fetch as never);
  await client.signIn({ username: "ada", password: "p" });
  await client.request("GET /echo");
  const [, renewal, request] = fetch.mock.calls as unknown as [string, RequestInit][];
  expect(renewal?.[0]).toBe("https://api.example/user/renew_refresh_token");
  expect(request?.[1].headers).toMatchObject({ Authorization: `Bearer ${token(3600)}` });
});

test("an outage of the renewal keeps the session", async () => {
  const data = { id_token: "a", access_token: "a", expires_in: 1, refresh_token: "r", username: "ada" };
  const fetch = responses(Response.json({ data }), new Response("{}", { status: 502 }));
  const client = api(fetch as never);
  await client.signIn({ username: "ada", password: "p" });
  await expect(client.request("GET /echo")).rejects.toMatchObject({ status: 502 });
  expect(client.session()?.refresh_token).toBe("r");
});

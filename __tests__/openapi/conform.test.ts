import { conformTo } from "../support/conform";

const conform = conformTo({});
const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const success = (data: unknown) => ({ message: "success", error: false, success: true, data });
const failure = { message: "why", error: true, success: false, data: null };
const note = { id: "m1", text: "a", tags: [], version: 1, created_at: "now", updated_at: "now" };

test.each<[string, string, string, () => Response]>([
  ["a success", "GET", "/notes/m1", () => json(200, success(note))],
  ["an error", "GET", "/notes/m1", () => json(404, failure)],
  ["a created note", "POST", "/notes", () => json(201, success(note), { Location: "/v1/notes/m1" })],
  ["no content", "DELETE", "/notes/m1", () => new Response(null, { status: 204 })],
  ["a path that is not in the document", "GET", "/nowhere", () => json(418, {})],
])("accepts %s", async (_, method, path, response) => {
  await expect(conform(method, path, response())).resolves.toBeUndefined();
});

test.each<[string, string, string, () => Response, string]>([
  ["an undocumented status", "GET", "/notes/m1", () => json(418, failure), "is not in the OpenAPI document"],
  [
    "data that its schema rejects",
    "GET",
    "/notes/m1",
    () => json(200, success({ ...note, version: "1" })),
    "version must be integer",
  ],
  [
    "an error without the envelope",
    "GET",
    "/notes/m1",
    () => json(404, { message: "why" }),
    "must have required property",
  ],
  ["a created note without Location", "POST", "/notes", () => json(201, success(note)), "lacks the header Location"],
  [
    "a body where there is none",
    "POST",
    "/user/login?x=1",
    () => json(200, success({ id_token: "x" })),
    "must match a schema in anyOf",
  ],
])("rejects %s", async (_, method, path, response, reason) => {
  await expect(conform(method, path, response())).rejects.toThrow(reason);
});

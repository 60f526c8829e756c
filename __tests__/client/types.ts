/** What must not compile: `npm run types` fails where a line below `@ts-expect-error` does. Nothing here runs. */
import * as v from "valibot";
import { createClient } from "../../client/client";
import type { Rows } from "../../routes";

const api = createClient<Rows>({ baseUrl: "https://api.example/v1" });

export async function requests(): Promise<void> {
  const note = await api.request("GET /notes/{id}", { pathParameters: { id: "m1" } });
  const text: string = note.text;
  // @ts-expect-error: a note has no such field
  note.title;
  // @ts-expect-error: version is a number
  const version: string = note.version;

  const page = await api.request("GET /notes");
  const cursor: string | null = page.cursor;
  await api.request("GET /notes", { query: { limit: 5 } });
  // @ts-expect-error: limit is a number
  await api.request("GET /notes", { query: { limit: "5" } });
  // @ts-expect-error: there is no such query parameter
  await api.request("GET /notes", { query: { size: 5 } });
  // @ts-expect-error: there is no such route
  await api.request("GET /note");
  // @ts-expect-error: the route has another method
  await api.request("PATCH /notes/{id}", { pathParameters: { id: "m1" } });
  // @ts-expect-error: the path needs its variable
  await api.request("GET /notes/{id}");
  // @ts-expect-error: the path has no such variable
  await api.request("GET /notes/{id}", { pathParameters: { name: "m1" } });
  // @ts-expect-error: text is required
  await api.request("POST /notes", { body: { tags: [] } });
  // @ts-expect-error: the body has no such field
  await api.request("POST /notes", { body: { text: "a", title: "b" } });
  // @ts-expect-error: the route takes no body
  await api.request("GET /echo", { body: {} });
  // @ts-expect-error: the route takes no query
  await api.request("GET /echo", { query: { a: 1 } });

  await api.request("DELETE /user");
  const nothing: undefined = await api.request("DELETE /notes/{id}", { pathParameters: { id: "m1" } });
  const login = await api.request("POST /user/login", { body: { username: "ada", password: "p" } });
  // @ts-expect-error: it may be a challenge
  login.id_token;
  const token = "id_token" in login ? login.id_token : login.challenge_name;
  void [text, version, cursor, nothing, token];
}

const own = [
  { method: "GET", path: "/files/{folder}/{name+}" },
  { method: "GET", path: "/orders/{id}", pathParameters: v.object({ id: v.number() }), returns: v.array(v.string()) },
] as const;

/** Rows of another table, one without schemas. */
export async function ownRows(): Promise<void> {
  const client = createClient<typeof own>({ baseUrl: "https://api.example/v1" });
  const file: unknown = await client.request("GET /files/{folder}/{name+}", {
    pathParameters: { folder: "a", name: "b/c" },
  });
  // @ts-expect-error: both variables are needed
  await client.request("GET /files/{folder}/{name+}", { pathParameters: { folder: "a" } });
  const order: string[] = await client.request("GET /orders/{id}", { pathParameters: { id: 7 } });
  void [file, order];
}

import { execFileSync } from "node:child_process";
import { curl } from "../../../local/console/page/curl.js";
import { remaining } from "../../../local/console/page/format.js";
import { claimText, decode, purpose } from "../../../local/console/page/jwt.js";
import { bodyOf, fieldsOf, targetOf } from "../../../local/console/page/schema-form.js";

test("writes a curl command that a shell reads as it was meant", () => {
  const body = '{"text":"it\'s $HOME `here`"}';
  const headers = [
    ["Content-Type", "application/json"],
    ["Host", "127.0.0.1"],
    ["Sec-Fetch-Site", "same-origin"],
    ["X-Note", "a'b"],
  ] as const;
  const command = curl({ method: "PUT", url: "http://127.0.0.1:1/v1/a?b=c&d=e", headers, body });
  const script = `curl() { printf '%s\\n' "$@"; }\n${command}`;
  expect(execFileSync("sh", ["-c", script], { encoding: "utf8" }).trimEnd().split("\n")).toEqual([
    "-i",
    "-X",
    "PUT",
    "http://127.0.0.1:1/v1/a?b=c&d=e",
    "-H",
    "Content-Type: application/json",
    "-H",
    "X-Note: a'b",
    "--data-raw",
    body,
  ]);
});

test("makes fields of a schema, and a typed body of their values", () => {
  const fields = fieldsOf({
    type: "object",
    required: ["text"],
    properties: {
      text: { type: "string", minLength: 1, maxLength: 40 },
      size: { type: ["integer", "null"], minimum: 0 },
      loud: { type: "boolean" },
      tags: { type: "array", items: { type: "string" } },
      colour: { enum: ["red", "green"] },
      deep: { type: "object" },
      unused: { type: "string" },
    },
  });
  expect(fields?.map(({ name, kind, required, hint }) => [name, kind, required, hint])).toEqual([
    ["text", "text", true, "1 to 40 characters"],
    ["size", "number", false, "at least 0"],
    ["loud", "boolean", false, ""],
    ["tags", "lines", false, ""],
    ["colour", "choice", false, ""],
    ["deep", "json", false, ""],
    ["unused", "text", false, ""],
  ]);
  const values: Record<string, string> = {
    text: "7",
    size: "7",
    loud: "false",
    tags: "a\n\nb",
    colour: "red",
    deep: '{"a":[1]}',
  };
  expect(bodyOf(fields ?? [], (name) => values[name] ?? "")).toEqual({
    text: "7",
    size: 7,
    loud: false,
    tags: ["a", "b"],
    colour: "red",
    deep: { a: [1] },
  });
});

test.each([undefined, { type: "array" }, {}])("leaves a body of the schema %j to be edited as JSON", (schema) => {
  expect(fieldsOf(schema)).toBeUndefined();
});

test("sends a number or JSON that is none as it was typed, for the API to reject", () => {
  const fields = fieldsOf({ properties: { size: { type: "number" }, deep: { type: "object" } } }) ?? [];
  expect(bodyOf(fields, () => "{x")).toEqual({ size: "{x", deep: "{x" });
});

test("encodes path parameters and the query", () => {
  const parameters = [
    { in: "path", name: "id" },
    { in: "query", name: "q" },
    { in: "query", name: "empty" },
  ];
  const values: Record<string, string> = { id: "a/b c", rest: "x y/z", q: "1&2" };
  const read = (_: string, name: string) => values[name] ?? "";
  expect(targetOf("/v1/{id}/{rest+}", parameters, read, "limit=5")).toBe("/v1/a%2Fb%20c/x%20y/z?q=1%262&limit=5");
});

test("decodes a token's claims in any script, and nothing that is no token", () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = `${part({ alg: "RS256" })}.${part({ name: "Žofie ~~~ ???", exp: 0 })}.x`;
  expect(decode(token)).toEqual({ header: { alg: "RS256" }, claims: { name: "Žofie ~~~ ???", exp: 0 } });
  expect(decode("nothing")).toBeUndefined();
  expect(claimText("exp", 0)).toBe("0 (1970-01-01T00:00:00.000Z)");
  expect(claimText("cognito:groups", ["a"])).toBe('["a"]');
  expect(purpose("sub")).toContain("never changes");
  expect(purpose("constructor")).toBe("");
});

test.each([
  [3725, "expires in 1 h 2 min"],
  [65, "expires in 1 min 5 s"],
  [0, "expires in 0 s"],
  [-61, "expired 1 min 1 s ago"],
  [90_000, "expires in 1 d 1 h"],
])("%i seconds: %s", (seconds, text) => {
  expect(remaining(seconds)).toBe(text);
});

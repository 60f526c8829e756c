/** What a failure of other people's code leaves in the log: name and message, and nothing that the caller sent or a secret. */
import { endpoint } from "../../functions/shared/http/endpoint";
import { keepFromLog } from "../../functions/shared/secrets";
import { captureLog, event, useEnvironment } from "./support/handlers";

useEnvironment();

async function logged(error: unknown, more: object = {}): Promise<object> {
  const log = captureLog();
  await endpoint({}, () => Promise.reject(error))(event({ password: "Correct-Horse-1", pin: 987654, ok: true }, more));
  expect(log).toHaveLength(1);
  return log[0] as object;
}

test("a failed DNS look-up says which host, in the cause of the error", async () => {
  const cause = Object.assign(new Error("getaddrinfo ENOTFOUND api.partner.example"), { code: "ENOTFOUND" });
  expect(await logged(new TypeError("fetch failed", { cause }))).toMatchObject({
    error: "TypeError",
    reason: "fetch failed",
    causes: [{ error: "Error", reason: "getaddrinfo ENOTFOUND api.partner.example", code: "ENOTFOUND" }],
  });
});

test("a refused connection says so for each address", async () => {
  const errors = ["::1", "127.0.0.1"].map((host) => new Error(`connect ECONNREFUSED ${host}:5432`));
  const error = Object.assign(new AggregateError(errors), { code: "ECONNREFUSED" });
  expect(await logged(error)).toMatchObject({
    error: "AggregateError",
    code: "ECONNREFUSED",
    causes: [{ reason: "connect ECONNREFUSED ::1:5432" }, { reason: "connect ECONNREFUSED 127.0.0.1:5432" }],
  });
});

test("an error of another AWS service keeps its name and message", async () => {
  const message = "User: arn:aws:sts::1:assumed-role/r is not authorized to perform: dynamodb:Query on resource: notes";
  const error = Object.assign(new Error(message), { name: "AccessDeniedException" });
  expect(await logged(error)).toMatchObject({ error: "AccessDeniedException", reason: message });
});

test.each([
  ["a value of the body", "bad password Correct-Horse-1!", "bad password ***!"],
  ["its beginning", 'Unexpected token, "Correct-H"... is not valid', 'Unexpected token, "***"... is not valid'],
  ["a number of the body", "no such pin: 987654", "no such pin: ***"],
  ["a token", "jwt eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln is bad", "jwt *** is bad"],
  ["the role's key", "signed with role-secret-key", "signed with ***"],
  ["a secret that the function has read", "it is s3cr3t-of-a-partner", "it is ***"],
])("a message that quotes %s is masked there", async (_, message, reason) => {
  keepFromLog("s3cr3t-of-a-partner");
  const entry = await logged(new Error(message));
  expect(entry).toMatchObject({ reason });
});

test.each([
  { queryStringParameters: { key: "from-the-caller" } },
  { multiValueQueryStringParameters: { key: ["a", "from-the-caller"] } },
  { pathParameters: { id: "from-the-caller" } },
  { headers: { Authorization: "from-the-caller" } },
  { headers: { cookie: "a=from-the-caller" } },
  { body: "{from-the-caller" },
  { body: `${"[".repeat(20_000)}"from-the-caller"${"]".repeat(20_000)}` },
  { body: Buffer.from('{"a":["from-the-caller"]}').toString("base64"), isBase64Encoded: true },
])("a message that quotes the request is masked there (%#)", async (more) => {
  expect(await logged(new Error("got from-the-caller"), more)).toMatchObject({ reason: "got ***" });
});

test("neither a name, a code, a cause nor a stack can quote the request", async () => {
  const canary = "Correct-Horse-1";
  const cause = new Error(canary);
  const error = Object.assign(new Error(`a\n    at ${canary}`, { cause }), { name: canary, code: canary });
  expect(JSON.stringify(await logged(error))).not.toContain(canary);
});

test("a long message is cut, and one beside a very long request left out", async () => {
  expect(await logged(new Error("x".repeat(5_000)))).toMatchObject({ reason: "x".repeat(1_000) });
  expect(await logged(new Error("why"), { body: JSON.stringify({ a: "y".repeat(70_000) }) })).toMatchObject({
    reason: "***",
  });
});

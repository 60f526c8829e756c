/** Credentials of a role for a program of the developer's own, and the age of what it signs. */
import { ACCOUNT, denied, developerKeys, dynamoDb, local, roleKeys, type Sent, send, table } from "./endpoint-harness";

const ROLE = `arn:aws:iam::${ACCOUNT}:role/role`;
const assume = (role: string, sent: Sent = {}) =>
  send("sts", {
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ Action: "AssumeRole", RoleArn: role, RoleSessionName: "laptop" }).toString(),
    ...sent,
  });
const element = (xml: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? "";

test("the developer gets the credentials of a role, which may do what its policy allows", async () => {
  const { text } = await assume(ROLE, { keys: developerKeys });
  const keys = {
    accessKeyId: element(text, "AccessKeyId"),
    secretAccessKey: element(text, "SecretAccessKey"),
    sessionToken: element(text, "SessionToken"),
  };
  expect(keys).toEqual(roleKeys());
  expect(Date.parse(element(text, "Expiration"))).toBeGreaterThan(Date.now());
  const { body } = await table("Scan", { TableName: "notes" }, { keys });
  expect(body.message).toBe(denied("dynamodb:Scan", dynamoDb("notes")));
});

test("a role that the stack does not have cannot be assumed", async () => {
  const { status, text } = await assume(`arn:aws:iam::${ACCOUNT}:role/other`, { keys: developerKeys });
  expect([status, element(text, "Code")]).toEqual([403, "AccessDenied"]);
});

test("a function cannot assume a role that its policy does not name", async () => {
  const { text } = await assume(ROLE);
  expect(text).toContain(denied("sts:AssumeRole", ROLE));
});

test("a function can assume a role that its policy names only if the role trusts it", async () => {
  const trusting = `arn:aws:iam::${ACCOUNT}:role/trusting`;
  const suspicious = `arn:aws:iam::${ACCOUNT}:role/suspicious`;
  expect(element((await assume(trusting)).text, "Arn")).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/trusting/local`);
  expect((await assume(suspicious)).text).toContain("is not authorized to perform: sts:AssumeRole");
});

const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString().replace(/[-:]|\.\d+/g, "");

test.each([
  ["dynamodb", -6, /Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)/],
  ["dynamodb", 6, /Signature not yet current: .* is still later than .* \(\d{8}T\d{6}Z \+ 5 min\.\)/],
  ["s3", -16, /<Code>RequestTimeTooSkewed<\/Code>/],
])("rejects a request to %s that was signed %d minutes from now", async (service, offset, message) => {
  const headers =
    service === "dynamodb"
      ? { "X-Amz-Target": "DynamoDB_20120810.GetItem" }
      : { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
  const { text } = await send(service, { headers, body: "{}", datetime: minutes(offset) });
  expect(text).toMatch(message);
});

test("takes a request that was signed four minutes ago", async () => {
  const input = { TableName: "notes", Key: { owner: { S: "ada" }, id: { S: "none" } } };
  expect((await table("GetItem", input, { datetime: minutes(-4) })).status).toBe(200);
});

test("a request that was signed for another region concerns tables of that region", async () => {
  const input = { TableName: "notes", Key: { owner: { S: "ada" }, id: { S: "1" } } };
  const { body } = await table("GetItem", input, { region: "us-west-2" });
  expect(body.message).toBe(denied("dynamodb:GetItem", dynamoDb("notes").replace("eu-west-1", "us-west-2")));
});

test("a table can be named by its ARN", async () => {
  const key = { owner: { S: "ada" }, id: { S: "by-arn" } };
  expect((await table("PutItem", { TableName: dynamoDb("notes"), Item: key })).status).toBe(200);
  expect((await table("GetItem", { TableName: "notes", Key: key })).body).toEqual({ Item: key });
  const batch = await table("BatchWriteItem", {
    RequestItems: { [dynamoDb("notes")]: [{ DeleteRequest: { Key: key } }] },
  });
  expect(batch.status).toBe(200);
  expect(local.stack.resources("aws_dynamodb_table")).toHaveLength(2);
});

test.each([
  ['SELECT * FROM "notes" WHERE owner = ?', "dynamodb:PartiQLSelect", "notes"],
  ['select id from "notes"."by-tag"', "dynamodb:PartiQLSelect", "notes/index/by-tag"],
  ["INSERT INTO notes VALUE {'id': 'a'}", "dynamodb:PartiQLInsert", "notes"],
  ['UPDATE "notes" SET a = 1', "dynamodb:PartiQLUpdate", "notes"],
  ['DELETE FROM "notes" WHERE id = 1', "dynamodb:PartiQLDelete", "notes"],
])("the statement %s needs the action %s", async (Statement, action, on) => {
  expect((await table("ExecuteStatement", { Statement })).body.message).toBe(denied(action, dynamoDb(on)));
});

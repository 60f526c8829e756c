/** The endpoint for AWS as functions use it: requests signed by a role of the stack. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ACCOUNT,
  denied,
  developerKeys,
  dynamoDb,
  folderOf,
  item,
  lines,
  local,
  roleKeys,
  type Sent,
  send,
  start,
  TABLE,
  table,
} from "./endpoint-harness";

test("a role writes and queries a table and its index, as its policy allows", async () => {
  for (const id of ["1", "2"]) {
    expect(await table("PutItem", { TableName: "notes", Item: item(id) })).toMatchObject({ status: 200 });
  }
  const { body } = await table("Query", {
    TableName: "notes",
    IndexName: "by-tag",
    KeyConditionExpression: "tag = :tag",
    ExpressionAttributeValues: { ":tag": { S: "red" } },
  });
  expect(body).toMatchObject({ Count: 2, Items: [item("1"), item("2")] });
  expect(lines).toContain("aws  one: dynamodb Query 200");
});

test("a condition on the leading keys opens the caller's own rows only", async () => {
  const update = (owner: string) =>
    table("UpdateItem", { TableName: "notes", Key: { owner: { S: owner }, id: { S: "3" } } });
  expect((await update("ada")).status).toBe(200);
  expect(await update("eve")).toMatchObject({
    status: 400,
    body: { message: denied("dynamodb:UpdateItem", dynamoDb("notes")) },
  });
});

test.each<[string, object, string]>([
  ["DeleteItem", { TableName: "notes", Key: {} }, denied("dynamodb:DeleteItem", dynamoDb("notes"))],
  ["GetItem", { TableName: "other", Key: {} }, denied("dynamodb:GetItem", dynamoDb("other"))],
  ["Query", { TableName: "notes", IndexName: "by-date" }, denied("dynamodb:Query", dynamoDb("notes/index/by-date"))],
  ["BatchWriteItem", { RequestItems: { notes: [], other: [] } }, denied("dynamodb:BatchWriteItem", dynamoDb("other"))],
  [
    "TransactWriteItems",
    { TransactItems: [{ Put: { TableName: "notes" } }, { Delete: { TableName: "notes" } }] },
    denied("dynamodb:DeleteItem", dynamoDb("notes")),
  ],
  ["ListTables", {}, denied("dynamodb:ListTables", "*")],
  [
    "GetItem",
    { TableName: "locked", Key: {} },
    `User: arn:aws:sts::${ACCOUNT}:assumed-role/role/one is not authorized to perform: dynamodb:GetItem on resource: ${dynamoDb("locked")} with an explicit deny in an identity-based policy`,
  ],
])("denies %s %j with IAM's text", async (operation, input, message) => {
  const { status, body } = await table(operation, input);
  expect({ status, type: body.__type, message: body.message }).toEqual({
    status: 400,
    type: "com.amazon.coral.service#AccessDeniedException",
    message,
  });
});

test.each<[string, () => Sent["keys"], string]>([
  ["another secret", () => ({ ...roleKeys(), secretAccessKey: "forged" }), "InvalidSignatureException"],
  ["another session", () => ({ ...roleKeys(), sessionToken: "forged" }), "UnrecognizedClientException"],
  ["unknown temporary keys", () => ({ ...roleKeys(), accessKeyId: "ASIAUNKNOWN" }), "UnrecognizedClientException"],
])("rejects a signature with %s", async (_, keys, type) => {
  const forged = keys();
  const { status, body } = await table("GetItem", { TableName: "notes" }, forged ? { keys: forged } : {});
  expect({ status, type: body.__type }).toEqual({ status: 400, type: `com.amazon.coral.service#${type}` });
});

test("rejects a request without a signature", async () => {
  const response = await fetch(local.cognitoUrl, {
    method: "POST",
    headers: { "X-Amz-Target": "DynamoDB_20120810.ListTables" },
    body: "{}",
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("MissingAuthenticationTokenException");
});

test.each([true, false])("a condition that is not met shows the item, if the request asks for it: %s", async (asks) => {
  await table("PutItem", { TableName: "notes", Item: item("7") });
  const again = {
    TableName: "notes",
    Item: item("7"),
    ConditionExpression: "attribute_not_exists(id)",
    ...(asks && { ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
  };
  const { status, body } = await table("PutItem", again);
  expect(status).toBe(400);
  expect(body.__type).toBe("com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException");
  expect(body.Item).toEqual(asks ? item("7") : undefined);
  expect((await table("PutItem", { ...again, Item: item(`8-${asks}`) })).status).toBe(200);
});

test("names an operation that the embedded DynamoDB does not have", async () => {
  const { body } = await table("ExecuteStatement", { Statement: "SELECT * FROM notes" }, { keys: developerKeys });
  expect(body.message).toBe("ExecuteStatement is not emulated by the local DynamoDB: see docs/local-api.md");
});

test("the developer's keys may do everything", async () => {
  const { body } = await table("ListTables", {}, { keys: developerKeys });
  expect(body).toEqual({ TableNames: ["notes", "other"] });
});

test("a reload keeps rows when indexes change, and drops them with another key", async () => {
  const developer = { keys: developerKeys };
  const count = async () => (await table("Scan", { TableName: "notes" }, developer)).body.Count;
  await table("PutItem", { TableName: "notes", Item: item("kept") });
  const rows = await count();
  local.load(folderOf({ ...TABLE, attribute: TABLE.attribute.slice(0, 2), global_secondary_index: [] }));
  expect(await count()).toBe(rows);
  local.load(
    folderOf({
      ...TABLE,
      attribute: [TABLE.attribute[0], TABLE.attribute[2]],
      range_key: "tag",
      global_secondary_index: [],
    }),
  );
  expect(await count()).toBe(0);
  local.load(folderOf());
});

test("keeps rows in a folder across restarts", async () => {
  const tablesFolder = join(mkdtempSync(join(tmpdir(), "tables-")), "rows");
  const first = await start(undefined, tablesFolder);
  await table("PutItem", { TableName: "notes", Item: item("kept") }, { to: first });
  await first.close();
  const second = await start(undefined, tablesFolder);
  const { body } = await table(
    "GetItem",
    { TableName: "notes", Key: { owner: { S: "ada" }, id: { S: "kept" } } },
    { to: second },
  );
  await second.close();
  expect(body).toEqual({ Item: item("kept") });
});

describe("Lambda", () => {
  const invoke = (sent: Sent = {}) =>
    send("lambda", { path: "/2015-03-31/functions/one/invocations", body: '{"a":1}', ...sent });

  test("invokes a function of the stack", async () => {
    expect(await invoke()).toMatchObject({ status: 200, text: '{"got":{"a":1}}' });
    expect((await invoke({ headers: { "X-Amz-Invocation-Type": "Event" } })).status).toBe(202);
  });

  test("denies another function with a REST error", async () => {
    const { status, headers, text } = await invoke({ path: "/2015-03-31/functions/two/invocations" });
    expect(status).toBe(403);
    expect(headers.get("x-amzn-errortype")).toBe("AccessDeniedException");
    expect(JSON.parse(text).message).toContain("function:two");
  });
});

/** Transactions of the embedded DynamoDB: all or nothing, with the reasons of each. */
import { ACCOUNT, developerKeys, dynamoDb, item, table } from "./endpoint-harness";

const developer = { keys: developerKeys };
const TableName = "notes";
const keyOf = (id: string) => ({ owner: { S: "ada" }, id: { S: id } });
const write = (...TransactItems: object[]) => table("TransactWriteItems", { TransactItems }, developer);
const put = (id: string, more = {}) => ({ Put: { TableName, Item: item(id), ...more } });
const read = async (id: string) => (await table("GetItem", { TableName, Key: keyOf(id) }, developer)).body.Item;
const isNew = { ConditionExpression: "attribute_not_exists(id)" };
const exists = (id: string) => ({
  ConditionCheck: { TableName, Key: keyOf(id), ConditionExpression: "attribute_exists(id)" },
});
const isAbsent = (id: string) => ({ ConditionCheck: { TableName, Key: keyOf(id), ...isNew } });
const cancelled = (...codes: string[]) => ({
  status: 400,
  body: {
    __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(", ")}]`,
    CancellationReasons: codes.map((Code) => expect.objectContaining({ Code })),
  },
});

test("writes, changes, deletes and checks items together", async () => {
  await write(put("changed"), put("deleted"), put("checked"));
  const update = {
    TableName,
    Key: keyOf("changed"),
    UpdateExpression: "SET tag = :tag",
    ExpressionAttributeValues: { ":tag": { S: "blue" } },
  };
  const { status, body } = await write(
    put("added", isNew),
    { Update: update },
    { Delete: { TableName, Key: keyOf("deleted") } },
    exists("checked"),
    isAbsent("absent"),
  );
  expect([status, body]).toEqual([200, {}]);
  expect(await Promise.all(["added", "changed", "deleted", "checked", "absent"].map(read))).toEqual([
    item("added"),
    item("changed", "blue"),
    undefined,
    item("checked"),
    undefined,
  ]);
});

test("takes everything back when one condition is not met", async () => {
  await write(put("old"));
  const result = await write({ Put: { TableName, Item: item("old", "blue") } }, put("new"), {
    Delete: { TableName, Key: keyOf("gone"), ConditionExpression: "attribute_exists(id)" },
  });
  expect(result).toEqual(cancelled("None", "None", "ConditionalCheckFailed"));
  expect([await read("old"), await read("new")]).toEqual([item("old"), undefined]);
});

test("shows the item of a condition that is not met, if the request asks for it", async () => {
  await write(put("shown"));
  const { body } = await write(put("shown", { ...isNew, ReturnValuesOnConditionCheckFailure: "ALL_OLD" }));
  const reason = { Code: "ConditionalCheckFailed", Message: "The conditional request failed", Item: item("shown") };
  expect(body.CancellationReasons).toEqual([reason]);
});

test("names a mistake in one of the writes", async () => {
  const broken = { Update: { TableName, Key: keyOf("other"), UpdateExpression: "SET nonsense" } };
  expect(await write(put("untouched"), broken)).toEqual(cancelled("None", "ValidationError"));
  expect(await read("untouched")).toBeUndefined();
});

test.each<[string, object[], RegExp]>([
  ["no write", [], /length greater than or equal to 1/],
  ["101 writes", Array.from({ length: 101 }, (_, at) => put(`${at}`)), /length less than or equal to 100/],
  ["two writes of one item", [put("twice"), exists("twice")], /cannot include multiple operations on one item/],
  ["an unknown kind of write", [{ Append: { TableName } }], /one of Check, Put, Update or Delete/],
])("rejects %s", async (_, writes, message) => {
  const { status, body } = await write(...writes);
  expect([status, body.message]).toEqual([400, expect.stringMatching(message)]);
});

test("reads items together, by the name or the ARN of their table", async () => {
  await write(put("read"));
  const get = (id: string, table: string) => ({
    Get: { TableName: table, Key: keyOf(id), ProjectionExpression: "id" },
  });
  const TransactItems = [get("read", "notes"), get("none", "notes"), get("read", dynamoDb("notes"))];
  const { body } = await table("TransactGetItems", { TransactItems }, developer);
  expect(body).toEqual({ Responses: [{ Item: { id: { S: "read" } } }, {}, { Item: { id: { S: "read" } } }] });
});

test("a transaction needs the permission of each write", async () => {
  const { body } = await table("TransactWriteItems", {
    TransactItems: [put("denied"), { Delete: { TableName, Key: keyOf("x") } }],
  });
  expect(body.message).toContain(`dynamodb:DeleteItem on resource: arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/notes`);
});

test("transactions that count the same item leave no change out", async () => {
  const add = {
    Update: {
      TableName,
      Key: keyOf("counter"),
      UpdateExpression: "ADD hits :one",
      ExpressionAttributeValues: { ":one": { N: "1" } },
    },
  };
  const single = () => table("UpdateItem", add.Update, developer);
  await Promise.all(Array.from({ length: 10 }, (_, at) => (at % 2 ? single() : write(add, exists("missing")))));
  expect(await read("counter")).toEqual({ ...keyOf("counter"), hits: { N: "5" } });
});

import { handler as createNote } from "../../functions/create-note";
import { handler as deleteNote } from "../../functions/delete-note";
import { handler as getNote } from "../../functions/get-note";
import { handler as listNotes } from "../../functions/list-notes";
import { handler as updateNote } from "../../functions/update-note";
import { type FakeResponse, fails, fakeRequests, rejects, responds, timeOut } from "./support/fake-cognito";
import { onTheWire, plain } from "./support/fake-items";
import { claims, event, failed, internalError, invokeHandler, useEnvironment } from "./support/handlers";

useEnvironment();

const note = { id: "a1", text: "milk", tags: [], version: 1, created_at: "c", updated_at: "u" };
const item = { owner: claims.sub, ...note };

/** Responses or errors of the table, in order; then empty ones. @returns the inputs of the requests, with plain items */
function fakeTable(...results: readonly (object | FakeResponse)[]): Record<string, unknown>[] {
  process.env.NOTES_TABLE = "notes";
  const inputs: Record<string, unknown>[] = [];
  const pending = [...results];
  fakeRequests(({ input }) => {
    inputs.push(plain(input));
    const result = pending.shift() ?? {};
    return isResponse(result) ? result : responds(onTheWire(result));
  });
  return inputs;
}
const isResponse = (result: object): result is FakeResponse => typeof result === "function";
const conflict = rejects("com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException");

test("the owner is the caller's sub, whatever the request holds", async () => {
  const inputs = fakeTable({}, { Items: [] }, { Item: item }, {}, { Attributes: item });
  const path = { pathParameters: { id: "a1" } };
  await invokeHandler(createNote, event({ text: "milk" }));
  await invokeHandler(listNotes, event(undefined, { queryStringParameters: { cursor: "a1", owner: "eve" } }));
  await invokeHandler(getNote, event(undefined, path));
  expect(await deleteNote(event(undefined, path))).toMatchObject({ statusCode: 204, body: "" });
  await invokeHandler(updateNote, event({ text: "milk" }, path));
  const owners = inputs.map(({ Key, Item, ExclusiveStartKey }) => (Key ?? Item ?? ExclusiveStartKey) as object);
  expect(inputs.every(({ TableName }) => TableName === "notes")).toBe(true);
  expect(owners.slice(1)).toEqual(Array(4).fill({ owner: claims.sub, id: "a1" }));
  expect(owners[0]).toMatchObject({ owner: claims.sub, text: "milk", version: 1 });
});

test("ids grow with time, so that lists are ordered", async () => {
  const inputs = fakeTable();
  const clock = jest.spyOn(Date, "now");
  for (const now of [1_800_000_000_000, 1_800_000_000_001, 2_800_000_000_000]) {
    clock.mockReturnValue(now);
    await invokeHandler(createNote, event({ text: "milk" }));
  }
  const ids = inputs.map(({ Item }) => (Item as { id: string }).id);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(3);
});

test.each([
  ["ThrottlingException", 429, failed("Too many requests"), rejects("ThrottlingException")],
  [
    "ProvisionedThroughputExceededException",
    429,
    failed("Too many requests"),
    rejects("ProvisionedThroughputExceededException"),
  ],
  ["a time-out", 504, failed("The table did not respond in time"), timeOut()],
  ["no connection", 500, internalError, fails(new Error("connect ECONNREFUSED"))],
  ["AccessDeniedException", 500, internalError, rejects("AccessDeniedException")],
])("responds to %s of the table with %i", async (_, status, body, failure) => {
  jest.spyOn(console, "error").mockReturnValue();
  fakeTable(failure, failure, failure);
  expect(await invokeHandler(listNotes, event(undefined))).toMatchObject({ status, body });
});

test("a change fails on another version, or because there is no note", async () => {
  const put = () => invokeHandler(updateNote, event({ text: "b", version: 3 }, { pathParameters: { id: "a1" } }));
  const inputs = fakeTable(conflict, { Item: item }, conflict, {});
  expect(await put()).toMatchObject({ status: 409 });
  expect(await put()).toMatchObject({ status: 404 });
  expect(inputs[0]).toMatchObject({
    ConditionExpression: "attribute_exists(id) AND #version = :version",
    ExpressionAttributeValues: { ":version": 3 },
  });
});

test("without the name of its table a function says which variable lacks, and calls nothing", async () => {
  const logged = jest.spyOn(console, "error").mockReturnValue();
  const inputs = fakeTable();
  delete process.env.NOTES_TABLE;
  expect(await invokeHandler(getNote, event(undefined, { pathParameters: { id: "a1" } }))).toMatchObject({
    status: 500,
    body: internalError,
  });
  expect(logged.mock.calls[0]?.[0]).toMatchObject({ variable: "NOTES_TABLE" });
  expect(inputs).toEqual([]);
});

/**
 * DynamoDB's transactions on the embedded database, which has none: requests wait while one runs, and what it wrote is taken back if
 * it fails. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
 */
import type { ServerResponse } from "node:http";
import { type JsonObject, nested } from "../terraform/json";
import { AwsError } from "./aws-error";
import { keyOf, send } from "./condition-failure";
import type { Call } from "./dynamodb";

export const TRANSACTIONS = new Set(["TransactGetItems", "TransactWriteItems"]);

const MAX_ITEMS = 100;
const WRITES: Readonly<Record<string, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "UpdateItem", // with a condition and no change; taken back in any case
};

interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: unknown;
}

interface Write {
  readonly kind: string;
  readonly input: JsonObject;
  readonly Key: unknown;
  readonly old: unknown;
}

/** @throws AwsError ValidationException */
export async function transact(call: Call, operation: string, input: JsonObject, res: ServerResponse): Promise<number> {
  const items = Array.isArray(input.TransactItems) ? (input.TransactItems as JsonObject[]) : [];
  if (items.length < 1 || items.length > MAX_ITEMS) {
    const rule = `Member must have length ${items.length < 1 ? "greater than or equal to 1" : `less than or equal to ${MAX_ITEMS}`}`;
    throw invalid(`1 validation error detected: Value at 'transactItems' failed to satisfy constraint: ${rule}`);
  }
  if (operation === "TransactWriteItems") return write(call, items, res);
  const Responses = [];
  for (const item of items) {
    const { Item } = await call("GetItem", { ...nested(item.Get), ConsistentRead: true });
    Responses.push(Item === undefined ? {} : { Item });
  }
  return send(res, 200, { Responses });
}

async function write(call: Call, items: readonly JsonObject[], res: ServerResponse): Promise<number> {
  const writes: Write[] = [];
  for (const item of items) writes.push(await prepare(call, item));
  const targets = writes.map(({ input, Key }) => JSON.stringify([input.TableName, Object.entries(Object(Key)).sort()]));
  if (new Set(targets).size < targets.length) {
    throw invalid("Transaction request cannot include multiple operations on one item");
  }
  const reasons: Reason[] = [];
  for (const one of writes) reasons.push(await attempt(call, one));
  const isCancelled = reasons.some(({ Code }) => Code !== "None");
  for (const [at, one] of writes.entries()) {
    const isWritten = reasons[at]?.Code === "None";
    if (isWritten && (isCancelled || one.kind === "ConditionCheck")) await restore(call, one);
  }
  if (!isCancelled) return send(res, 200, {});
  const codes = reasons.map(({ Code }) => Code).join(", ");
  return send(res, 400, {
    __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: reasons,
  });
}

async function prepare(call: Call, item: JsonObject): Promise<Write> {
  const [kind = "", ...others] = Object.keys(item);
  const input = nested(item[kind]);
  if (!Object.hasOwn(WRITES, kind) || others.length > 0 || !input) {
    throw invalid("TransactItems can only contain one of Check, Put, Update or Delete");
  }
  const Key = await keyOf(call, input);
  const { Item: old } = await call("GetItem", { TableName: input.TableName, Key, ConsistentRead: true });
  return { kind, input, Key, old };
}

async function attempt(call: Call, { kind, input, old }: Write): Promise<Reason> {
  const { ReturnValuesOnConditionCheckFailure: shown, ...request } = input;
  try {
    await call(WRITES[kind] ?? "", request);
    return { Code: "None" };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.code !== "ConditionalCheckFailedException") return { Code: "ValidationError", Message: error.message };
    const item = shown === "ALL_OLD" && old !== undefined ? { Item: old } : {};
    return { Code: "ConditionalCheckFailed", Message: error.message, ...item };
  }
}

const restore = (call: Call, { input: { TableName }, Key, old }: Write) =>
  old === undefined ? call("DeleteItem", { TableName, Key }) : call("PutItem", { TableName, Item: old });

const invalid = (message: string) => new AwsError("ValidationException", message);

import type { Call } from "../aws/dynamodb";
import { type JsonObject, nested } from "../terraform/json";
import type { TablePage } from "./protocol";

const PAGE_ROWS = 100;

/** One page of a table's rows, as plain JSON. */
export async function readRows(call: Call, table: string, after: JsonObject | undefined): Promise<TablePage> {
  const start = after && { ExclusiveStartKey: after };
  const output = await call("Scan", { TableName: table, Limit: PAGE_ROWS, ...start });
  const items = (output.Items ?? []) as readonly JsonObject[];
  return { rows: items.map(plainItem), next: nested(output.LastEvaluatedKey) };
}

const plainItem = (item: JsonObject) =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));

/** `{"S": "text"}` as `"text"`; numbers beyond JavaScript's precision stay text. */
function plain(typed: unknown): unknown {
  const [[type = "", value] = []] = Object.entries(nested(typed) ?? {});
  if (type === "N") return plainNumber(String(value));
  if (type === "NS") return [value ?? []].flat().map((one) => plainNumber(String(one)));
  if (type === "NULL") return null;
  if (type === "L") return [value ?? []].flat().map(plain);
  return type === "M" ? plainItem(nested(value) ?? {}) : value;
}

const plainNumber = (text: string) => (String(Number(text)) === text ? Number(text) : text);

import type { JsonObject } from "../terraform/json";
import { AwsError } from "./aws-error";
import type { Call } from "./dynamodb";
import type { TableDefinition } from "./table-definition";

/** Creates a table, or brings an existing one to its definition: rows stay, except when the key changes, as on AWS. */
export async function migrateTable(call: Call, definition: TableDefinition, log: (line: string) => void) {
  const { TableName } = definition;
  const existing = await describe(call, TableName);
  if (existing && shape(existing) === shape(definition)) return;
  const sameKey = existing && key(existing) === key(definition);
  const rows = sameKey ? await scan(call, TableName) : [];
  if (existing) {
    await call("DeleteTable", { TableName });
    while (await describe(call, TableName)) await pause();
    log(
      `dynamodb  ${TableName}: ${sameKey ? `${rows.length} rows kept, its indexes changed` : "replaced, its key changed"}`,
    );
  }
  await call("CreateTable", definition);
  while ((await describe(call, TableName))?.TableStatus !== "ACTIVE") await pause();
  for (const Item of rows) await call("PutItem", { TableName, Item });
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

async function describe(call: Call, TableName: string): Promise<JsonObject | undefined> {
  try {
    return (await call("DescribeTable", { TableName })).Table as JsonObject;
  } catch (error) {
    if (error instanceof AwsError && error.code === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

async function scan(call: Call, TableName: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  let ExclusiveStartKey: unknown;
  do {
    const page = await call("Scan", { TableName, ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}) });
    rows.push(...(page.Items as unknown[]));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return rows;
}

type Comparable = JsonObject | TableDefinition;

/** Key and indexes as comparable text: names, keys with their types, projections. */
function shape(table: Comparable): string {
  const { GlobalSecondaryIndexes, LocalSecondaryIndexes } = table as Partial<TableDefinition>;
  const indexes = [GlobalSecondaryIndexes, LocalSecondaryIndexes].map((list) =>
    (list ?? [])
      .map(({ IndexName, KeySchema, Projection }) => {
        const others = [...(Projection.NonKeyAttributes ?? [])].sort();
        return [IndexName, keyText(table, KeySchema), Projection.ProjectionType, others];
      })
      .sort((a, b) => String(a[0]).localeCompare(String(b[0]))),
  );
  return JSON.stringify([key(table), indexes]);
}

const key = (table: Comparable) => keyText(table, (table as Partial<TableDefinition>).KeySchema ?? []);

function keyText(table: Comparable, schema: TableDefinition["KeySchema"]): string {
  const { AttributeDefinitions = [] } = table as Partial<TableDefinition>;
  const typeOf = (name: string) => AttributeDefinitions.find((one) => one.AttributeName === name)?.AttributeType;
  return schema.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName} ${typeOf(AttributeName)}`).join();
}

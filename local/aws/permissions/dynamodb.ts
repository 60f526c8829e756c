/** Actions, tables and condition keys of DynamoDB's operations. */
import { type JsonObject, nested } from "../../terraform/json";
import { type ConditionKeys, conditionKeys } from "../condition";
import { type Arns, arnOr, type Permission, string } from "./permission";

const TRANSACTION_ACTIONS = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
  Get: "GetItem",
} as const;

/** @returns undefined for an operation that is not mapped */
export function dynamodb(operation: string, input: JsonObject, arns: Arns): readonly Permission[] | undefined {
  if (operation === "ListTables") return [{ action: "dynamodb:ListTables", resource: "*" }];
  if (operation === "BatchGetItem" || operation === "BatchWriteItem") {
    return Object.entries(nested(input.RequestItems) ?? {}).map(([name, requests]) =>
      permission(operation, name, requests, arns),
    );
  }
  if (operation === "TransactWriteItems" || operation === "TransactGetItems") {
    const items = Array.isArray(input.TransactItems) ? input.TransactItems : [];
    return items.flatMap((item) =>
      Object.entries(TRANSACTION_ACTIONS).flatMap(([kind, action]) => {
        const part = nested(nested(item)?.[kind]);
        return part ? [permission(action, part.TableName, part, arns)] : [];
      }),
    );
  }
  if (operation === "ExecuteStatement") return [partiQl(input.Statement, arns)];
  if (operation === "BatchExecuteStatement" || operation === "ExecuteTransaction") {
    const statements = input.Statements ?? input.TransactStatements;
    return (Array.isArray(statements) ? statements : []).map((one) => partiQl(nested(one)?.Statement, arns));
  }
  return string(input.TableName) === undefined ? undefined : [permission(operation, input.TableName, input, arns)];
}

/** `SELECT * FROM "notes"."by-tag"`: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html */
function partiQl(statement: unknown, arns: Arns): Permission {
  const [, verb = "Select", table = "*", index] =
    /^\s*(\w+)\b(?:.*?\bFROM|\s+INTO)?\s+"?([\w.-]+?)"?(?:\."?([\w.-]+?)"?)?(?:\s|$)/is.exec(String(statement)) ?? [];
  const name = `${verb[0]?.toUpperCase()}${verb.slice(1).toLowerCase()}`;
  const tableArn = arns.arn("dynamodb", `table/${table}`);
  return { action: `dynamodb:PartiQL${name}`, resource: index ? `${tableArn}/index/${index}` : tableArn };
}

/** @param input names the table's items: a request, or for a batch operation what it asks of one table */
function permission(action: string, table: unknown, input: unknown, arns: Arns): Permission {
  const tableArn = arnOr(table, (name) => arns.arn("dynamodb", `table/${name}`)) ?? "*";
  const index = string(nested(input)?.IndexName);
  return {
    action: `dynamodb:${action}`,
    resource: index ? `${tableArn}/index/${index}` : tableArn,
    keys: requestKeys(input, arns.partitionKey(tableArn, index)),
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html */
function requestKeys(input: unknown, partitionKey: string | undefined): ConditionKeys {
  const { Select, ReturnValues } = nested(input) ?? {};
  return conditionKeys({
    "dynamodb:LeadingKeys": partitionKey === undefined ? undefined : leadingKeys(input, partitionKey),
    "dynamodb:ReturnValues": ReturnValues,
    "dynamodb:Select": Select,
  });
}

/** Values of the partition key that the request names: none in a scan. */
function leadingKeys(input: unknown, partitionKey: string): string[] {
  const requests = Array.isArray(input) ? input : [nested(input) ?? {}];
  return requests.flatMap((request: JsonObject) => {
    const items = [
      request.Key,
      request.Item,
      nested(request.PutRequest)?.Item,
      nested(request.DeleteRequest)?.Key,
      ...(Array.isArray(request.Keys) ? request.Keys : []),
    ];
    const conditions = nested(nested(nested(request.KeyConditions)?.[partitionKey])?.AttributeValueList);
    const values = [...items.map((item) => nested(item)?.[partitionKey]), conditions, queried(request, partitionKey)];
    return values.flatMap((value) => Object.values(nested(value) ?? {}).map(String));
  });
}

/** The value that a key condition such as `#owner = :owner AND begins_with(id, :prefix)` compares the partition key with. */
function queried(request: JsonObject, partitionKey: string): unknown {
  const names = nested(request.ExpressionAttributeNames);
  const comparisons = String(request.KeyConditionExpression ?? "").matchAll(/([#:\w.-]+)\s*=\s*([#:\w.-]+)/g);
  const operands = [...comparisons].flatMap(([, left = "", right = ""]) => [
    [left, right] as const,
    [right, left] as const,
  ]);
  const found = operands.find(([name]) => (names?.[name] ?? name) === partitionKey);
  return nested(request.ExpressionAttributeValues)?.[found?.[1] ?? ""];
}

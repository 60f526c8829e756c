import { type JsonObject, nested } from "../terraform/json";
import type { AwsRequest } from "./aws-request";
import { jsonBody } from "./permissions/permission";

const tableName = (nameOrArn: string): string =>
  /^arn:[\w-]+:dynamodb:[\w-]*:\d{12}:table\/([\w.-]+)$/.exec(nameOrArn)?.[1] ?? nameOrArn;

/** DynamoDB takes a table's ARN for its name, dynalite does not. */
export function withTableNames(request: AwsRequest): AwsRequest {
  if (!request.body.includes(":table/")) return request;
  const { TableName, RequestItems, TransactItems, ...others } = jsonBody(request);
  const body = {
    ...others,
    ...(Array.isArray(TransactItems) && { TransactItems: TransactItems.map(withoutArns) }),
    ...(TableName !== undefined && { TableName: tableName(String(TableName)) }),
    ...(RequestItems !== undefined && {
      RequestItems: Object.fromEntries(
        Object.entries(Object(RequestItems)).map(([name, items]) => [tableName(name), items]),
      ),
    }),
  };
  return { ...request, body: Buffer.from(JSON.stringify(body)) };
}

/** An element of `TransactItems`: its one member names a table. */
const withoutArns = (item: JsonObject) =>
  Object.fromEntries(
    Object.entries(item).map(([kind, part]) => {
      const input = nested(part) ?? {};
      return [kind, { ...input, TableName: tableName(String(input.TableName)) }];
    }),
  );

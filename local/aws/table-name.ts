import type { AwsRequest } from "./aws-request";
import { jsonBody } from "./permissions/permission";

const tableName = (nameOrArn: string): string =>
  /^arn:[\w-]+:dynamodb:[\w-]*:\d{12}:table\/([\w.-]+)$/.exec(nameOrArn)?.[1] ?? nameOrArn;

/** DynamoDB takes a table's ARN for its name, dynalite does not. */
export function withTableNames(request: AwsRequest): AwsRequest {
  if (!request.body.includes(":table/")) return request;
  const { TableName, RequestItems, ...others } = jsonBody(request);
  const body = {
    ...others,
    ...(TableName !== undefined && { TableName: tableName(String(TableName)) }),
    ...(RequestItems !== undefined && {
      RequestItems: Object.fromEntries(
        Object.entries(Object(RequestItems)).map(([name, items]) => [tableName(name), items]),
      ),
    }),
  };
  return { ...request, body: Buffer.from(JSON.stringify(body)) };
}

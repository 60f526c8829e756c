import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { JsonObject } from "../terraform/json";
import { AwsError } from "./aws-error";
import type { AwsRequest } from "./aws-request";
import type { Call } from "./dynamodb";
import { jsonBody } from "./permissions/permission";

/** Whether a write wants the item that its condition was compared with: dynalite ignores this parameter. */
export const wantsOldItem = ({ body }: AwsRequest): boolean =>
  body.includes('"ReturnValuesOnConditionCheckFailure"') &&
  /"ReturnValuesOnConditionCheckFailure"\s*:\s*"ALL_OLD"/.test(body.toString());

/**
 * Runs a write; the error of a condition that is not met holds the item.
 * @returns the status of the response
 * @throws AwsError any other error
 */
export async function writeOrShowItem(call: Call, operation: string, request: AwsRequest, res: ServerResponse) {
  const input = jsonBody(request);
  try {
    return send(res, 200, await call(operation, input));
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "ConditionalCheckFailedException") throw error;
    const { TableName } = input;
    const { Item } = await call("GetItem", { TableName, Key: await keyOf(call, input), ConsistentRead: true });
    const type = `com.amazonaws.dynamodb.v20120810#${error.code}`;
    return send(res, 400, { __type: type, message: error.message, ...(Item !== undefined && { Item }) });
  }
}

/** The key that a write names, or that its item has. */
export async function keyOf(call: Call, { TableName, Key, Item }: JsonObject): Promise<unknown> {
  if (Key !== undefined) return Key;
  const { Table } = await call("DescribeTable", { TableName });
  const { KeySchema } = Table as { readonly KeySchema: readonly { readonly AttributeName: string }[] };
  return Object.fromEntries(KeySchema.map(({ AttributeName: name }) => [name, (Item as JsonObject)[name]]));
}

export function send(res: ServerResponse, status: number, body: object): number {
  const headers = { "Content-Type": "application/x-amz-json-1.0", "x-amzn-RequestId": randomUUID() };
  res.writeHead(status, headers).end(JSON.stringify(body));
  return status;
}

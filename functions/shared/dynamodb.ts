/**
 * DynamoDB as the sample calls it: without the AWS SDK, whose import takes ten times as long as all the rest of a function. See
 * docs/decisions/0006-cognito-over-node-http.md.
 */
import type * as Aws from "@aws-sdk/lib-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { callAws, NoResponse, type Service } from "./aws/json-protocol";
import type { ErrorResponses } from "./cognito/error-responses";
import type { JsonObject } from "./json";

/** Operations with their input and output, as of the SDK's document client: items are plain objects. */
interface Operations {
  DeleteItem: [Aws.DeleteCommandInput, Aws.DeleteCommandOutput];
  GetItem: [Aws.GetCommandInput, Aws.GetCommandOutput];
  PutItem: [Aws.PutCommandInput, Aws.PutCommandOutput];
  Query: [Aws.QueryCommandInput, Aws.QueryCommandOutput];
  Scan: [Aws.ScanCommandInput, Aws.ScanCommandOutput];
  UpdateItem: [Aws.UpdateCommandInput, Aws.UpdateCommandOutput];
}
type Operation = keyof Operations;

/** Parameters that expressions have replaced. */
type Legacy = "AttributeUpdates" | "Expected" | "KeyConditions" | "QueryFilter" | "ScanFilter";
type Input<O extends Operation> = Omit<Operations[O][0], Legacy>;
type Output<O extends Operation> = Omit<Operations[O][1], "$metadata">;

/** An error response of DynamoDB. `name` is its type: `ConditionalCheckFailedException`. */
export class DynamoDbError extends Error {
  constructor(
    override readonly name: string,
    message: string,
    readonly status: number,
    readonly requestId: string | undefined,
  ) {
    super(message);
  }
}

/** Responses to errors of a table, for the `errors` of an endpoint. */
export const tableErrors: ErrorResponses = {
  TimeoutError: { status: 504, message: "The table did not respond in time" },
  ProvisionedThroughputExceededException: { status: 429, message: "Too many requests", retryAfter: 1 },
  RequestLimitExceeded: { status: 429, message: "Too many requests", retryAfter: 1 },
  ThrottlingException: { status: 429, message: "Too many requests", retryAfter: 1 },
};

const service: Service = {
  name: "dynamodb",
  target: "DynamoDB_20120810",
  version: "1.0",
  endpointVariable: "AWS_ENDPOINT_URL_DYNAMODB",
};

/** As DynamoDB's protocol writes it: `{ id: { S: "a1" } }`. */
type Item = Parameters<typeof unmarshall>[0];

const isItems = (value: Item | readonly Item[]): value is readonly Item[] => Array.isArray(value);

/** As the SDK does: the first attempt, and two more after pauses of at most so many milliseconds. */
const pauses = [50, 100];

/**
 * Calls an operation on a table with the function's own credentials; a passing failure is tried again. Members of an item that are
 * undefined are left out. Binary attributes, batches and transactions need the SDK.
 * @param signal aborts all of it: pass the endpoint's
 * @throws {DynamoDbError} an error response
 * @throws {NoResponse} named `TimeoutError` or `NetworkError`
 */
export async function dynamoDb<O extends Operation>(
  operation: O,
  input: Input<O>,
  signal: AbortSignal,
): Promise<Output<O>> {
  const body = JSON.stringify(
    convert(input, ["Item", "Key", "ExclusiveStartKey", "ExpressionAttributeValues"], (value) =>
      marshall(value, { removeUndefinedValues: true }),
    ),
  );
  for (let attempt = 0; ; attempt++) {
    try {
      return (await send(operation, body, signal)) as Output<O>;
    } catch (error) {
      const pause = pauses[attempt];
      if (pause === undefined || signal.aborted || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * pause));
    }
  }
}

async function send(operation: Operation, body: string, signal: AbortSignal): Promise<JsonObject> {
  const response = await callAws(service, operation, body, { signed: true, signal });
  const { status, output, requestId, type = "InvalidResponse", message } = response;
  if (status !== 200 || !output) throw new DynamoDbError(type, message, status, requestId);
  return convert(output, ["Item", "Attributes", "LastEvaluatedKey", "Items"], (value: Item | readonly Item[]) =>
    isItems(value) ? value.map((item) => unmarshall(item)) : unmarshall(value),
  );
}

/** Replaces the values of these members, where they exist. */
const convert = <T>(members: object, names: readonly string[], replace: (value: T) => unknown): JsonObject =>
  Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      names.includes(name) && value !== undefined ? replace(value) : value,
    ]),
  );

const isPassing = (error: unknown) =>
  error instanceof NoResponse ||
  (error instanceof DynamoDbError && (error.status >= 500 || Object.hasOwn(tableErrors, error.name)));

/** DynamoDB as the functions call it. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { ErrorResponses } from "./cognito/error-responses";
import { attemptMs } from "./timing";

/**
 * One client per instance, so that its connections stay open between events. Pass every request the endpoint's signal:
 * `dynamoDb.send(command, { abortSignal: signal })`.
 */
export const dynamoDb = DynamoDBDocumentClient.from(
  new DynamoDBClient({ requestHandler: { requestTimeout: attemptMs, throwOnRequestTimeout: true } }),
  { marshallOptions: { removeUndefinedValues: true } },
);

/** Responses to errors of a table, for the `errors` of an endpoint. */
export const tableErrors: ErrorResponses = {
  AbortError: { status: 504, message: "The table did not respond in time" },
  TimeoutError: { status: 504, message: "The table did not respond in time" },
  ProvisionedThroughputExceededException: { status: 429, message: "Too many requests", retryAfter: 1 },
  RequestLimitExceeded: { status: 429, message: "Too many requests", retryAfter: 1 },
  ThrottlingException: { status: 429, message: "Too many requests", retryAfter: 1 },
};

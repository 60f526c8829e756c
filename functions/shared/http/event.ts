/** What the handlers read of an API Gateway event, payload format 1.0. No field of it is trusted to be there. */
import type { Context } from "aws-lambda";
import { isObject, property, stringProperty } from "../json";
import type { RequestIds } from "./log";

/** The header's value whatever the case of its name; of a repeated header the last, as API Gateway's own map has it. */
export function header(event: unknown, name: string): string | undefined {
  const headers = property(event, "headers");
  if (!isObject(headers)) return undefined;
  const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : stringProperty(headers, key);
}

/** Longer ids than AWS makes are somebody's attempt to fill the log. */
const id = (value: string | undefined) => value?.slice(0, 128);

export function requestIds(event: unknown, context: Partial<Context> | undefined): RequestIds {
  const request = property(event, "requestContext");
  return {
    requestId: id(stringProperty(context, "awsRequestId")) ?? "unknown",
    gatewayRequestId: id(stringProperty(request, "requestId")),
    extendedRequestId: id(stringProperty(request, "extendedRequestId")),
  };
}

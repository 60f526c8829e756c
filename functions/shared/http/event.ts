/** Reads an API Gateway event, payload format 1.0. No field of it is assumed to exist. */
import type { Context } from "aws-lambda";
import { isObject, property, stringProperty } from "../json";
import type { RequestIds } from "./log";

/** A header's value; names are compared without case. Of a repeated header the last, which is what API Gateway puts in `headers`. @param name in lower case */
export function header(event: unknown, name: string): string | undefined {
  const headers = property(event, "headers");
  if (!isObject(headers)) return undefined;
  const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : stringProperty(headers, key);
}

/** The body as the client sent it, for what is not JSON or is signed byte by byte, such as a webhook. API Gateway lets 10 MB pass, Lambda 6. */
export const bodyBytes = (event: unknown): Buffer =>
  Buffer.from(stringProperty(event, "body") ?? "", property(event, "isBase64Encoded") === true ? "base64" : "utf8");

/** The path as the client sent it, stage included, without a slash at the end. */
export function requestPath(event: unknown): string {
  const path = stringProperty(property(event, "requestContext"), "path") ?? stringProperty(event, "path") ?? "";
  return path.replace(/\/+$/, "");
}

/** A client can choose the gateway's request id: a longer one than AWS makes must not fill the log. */
const id = (value: string | undefined) => value?.slice(0, 128);

export function requestIds(event: unknown, context: Partial<Context> | undefined): RequestIds {
  const request = property(event, "requestContext");
  return {
    requestId: id(stringProperty(context, "awsRequestId")) ?? "unknown",
    gatewayRequestId: id(stringProperty(request, "requestId")),
    extendedRequestId: id(stringProperty(request, "extendedRequestId")),
  };
}

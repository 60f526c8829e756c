import type { ServerResponse } from "node:http";
import type { Functions } from "../lambda/functions";
import { AwsError } from "./aws-error";
import type { AwsRequest } from "./aws-request";

/** Lambda returns the last 4 kB of the log. */
const logTail = (lines: readonly string[]) => Buffer.from(lines.join("\n")).subarray(-4096).toString("base64");

/**
 * Lambda's Invoke. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 * @returns the status; undefined for a function that the stack does not have
 * @throws AwsError InvalidRequestContentException
 */
export async function invokeByApi(
  functions: Functions,
  { path, headers, body }: AwsRequest,
  res: ServerResponse,
): Promise<number | undefined> {
  const name = decodeURIComponent(path.split("/")[3] ?? "");
  if (!functions.has(name)) return undefined;
  const event = body.toString() || "{}";
  try {
    JSON.parse(event);
  } catch {
    throw new AwsError("InvalidRequestContentException", "Could not parse request body into json");
  }
  const type = headers["x-amz-invocation-type"] ?? "RequestResponse";
  if (type === "DryRun") {
    res.writeHead(204).end();
    return 204;
  }
  const lines: string[] = [];
  const invocation = functions.invoke(name, event, (line) => lines.push(line));
  if (type === "Event") {
    res.writeHead(202).end();
    return 202;
  }
  const result = await invocation;
  const failed = "error" in result;
  res.writeHead(200, {
    "Content-Type": "application/json",
    "X-Amz-Executed-Version": "$LATEST",
    ...(failed && { "X-Amz-Function-Error": "Unhandled" }),
    ...(headers["x-amz-log-type"] === "Tail" && { "X-Amz-Log-Result": logTail(lines) }),
  });
  res.end(failed ? JSON.stringify(result.error) : result.payload);
  return 200;
}

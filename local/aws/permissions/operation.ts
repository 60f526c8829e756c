import type { JsonObject } from "../../terraform/json";
import type { AwsRequest } from "../aws-request";
import { jsonPermissions } from "./json-services";
import { type Arns, jsonBody, type Operation, string } from "./permission";
import { s3Operation } from "./s3";

const PREFIXES: Readonly<Record<string, string>> = { monitoring: "cloudwatch", email: "ses" };

/** IAM's prefix of a service's actions. @param service its name in a signature */
export const iamPrefix = (service: string): string => PREFIXES[service] ?? service;

/** @param service as in the signature: `dynamodb`, `s3` */
export function operationOf(request: AwsRequest, service: string, arns: Arns): Operation {
  if (service === "s3") return s3Operation(request, arns.partition);
  const form = new URLSearchParams(request.body.toString());
  const target = String(request.headers["x-amz-target"] ?? "")
    .split(".")
    .at(-1);
  const rpc = /^\/service\/\w+\/operation\/(\w+)$/.exec(request.path)?.[1];
  const query = form.get("Action") ?? request.query.get("Action");
  const name = target || rpc || query;
  if (!name) return restOperation(request, service, arns);
  const permissions = target
    ? jsonPermissions(service, name, jsonBody(request), arns)
    : queryPermissions(service, name, form, arns);
  return { name, permissions, action: `${iamPrefix(service)}:${name}` };
}

/** Services of the query protocol: `Action=Publish&TopicArn=...` */
function queryPermissions(service: string, name: string, form: URLSearchParams, arns: Arns) {
  const one = (action: string, resource: string) => [{ action, resource }];
  if (service === "sns") {
    return one(`sns:${name.replace(/Batch$/, "")}`, form.get("TopicArn") ?? form.get("TargetArn") ?? "*");
  }
  if (service === "sts" && name === "AssumeRole") return one("sts:AssumeRole", form.get("RoleArn") ?? "*");
  if (service === "sts" && name === "GetCallerIdentity") return []; // needs no permission
  if (service === "ses") return one(`ses:${name}`, arns.arn("ses", `identity/${form.get("Source") ?? "*"}`));
  return jsonPermissions(service, name, Object.fromEntries(form), arns);
}

type Rest = (match: RegExpExecArray, request: AwsRequest, arns: Arns) => string;

/** Service, method, path, operation, IAM service and resource. */
const REST: readonly (readonly [string, string, RegExp, string, string, Rest])[] = [
  ["lambda", "POST", /^\/2015-03-31\/functions\/([^/]+)\/invocations$/, "Invoke", "lambda:InvokeFunction", functionArn],
  ["lambda", "GET", /^\/2015-03-31\/functions\/?$/, "ListFunctions", "lambda:ListFunctions", () => "*"],
  ["lambda", "GET", /^\/2015-03-31\/functions\/([^/]+)$/, "GetFunction", "lambda:GetFunction", functionArn],
  ["scheduler", "POST", /^\/schedules\/([^/]+)$/, "CreateSchedule", "scheduler:CreateSchedule", scheduleArn],
  ["scheduler", "GET", /^\/schedules\/([^/]+)$/, "GetSchedule", "scheduler:GetSchedule", scheduleArn],
  ["scheduler", "PUT", /^\/schedules\/([^/]+)$/, "UpdateSchedule", "scheduler:UpdateSchedule", scheduleArn],
  ["scheduler", "DELETE", /^\/schedules\/([^/]+)$/, "DeleteSchedule", "scheduler:DeleteSchedule", scheduleArn],
  ["bedrock", "POST", /^\/model\/([^/]+)\/(?:invoke|converse)$/, "InvokeModel", "bedrock:InvokeModel", modelArn],
  ["ses", "POST", /^\/v2\/email\/outbound-emails$/, "SendEmail", "ses:SendEmail", emailIdentityArn],
  ["xray", "POST", /^\/TraceSegments$/, "PutTraceSegments", "xray:PutTraceSegments", () => "*"],
];

function restOperation(request: AwsRequest, service: string, arns: Arns): Operation {
  for (const [of, method, pattern, name, action, resource] of REST) {
    const match = of === service && method === request.method ? pattern.exec(request.path) : null;
    if (match) return { name, permissions: [{ action, resource: resource(match, request, arns) }] };
  }
  return { name: `${request.method} ${request.path}`, permissions: undefined };
}

function functionArn([, name = ""]: RegExpExecArray, _: AwsRequest, arns: Arns): string {
  const decoded = decodeURIComponent(name);
  return decoded.startsWith("arn:") ? decoded : arns.arn("lambda", `function:${decoded}`);
}

function modelArn([, id = ""]: RegExpExecArray, _: AwsRequest, arns: Arns): string {
  const decoded = decodeURIComponent(id);
  // Foundation models belong to no account.
  return decoded.startsWith("arn:")
    ? decoded
    : arns.arn("bedrock", `foundation-model/${decoded}`).replace(/:\d{12}:/, "::");
}

function scheduleArn([, name = ""]: RegExpExecArray, request: AwsRequest, arns: Arns): string {
  const group = request.query.get("groupName") ?? string(jsonBody(request).GroupName) ?? "default";
  return arns.arn("scheduler", `schedule/${group}/${decodeURIComponent(name)}`);
}

function emailIdentityArn(_: RegExpExecArray, request: AwsRequest, arns: Arns): string {
  const { FromEmailAddress }: JsonObject = jsonBody(request);
  return arns.arn("ses", `identity/${string(FromEmailAddress) ?? "*"}`);
}

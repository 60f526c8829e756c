import type { AwsRequest } from "../aws-request";
import { jsonPermissions } from "./json-services";
import { type Arns, jsonBody, type Operation, string, type Values } from "./permission";
import { s3Operation } from "./s3";

/** @param service as in the signature: `dynamodb`, `s3` */
export function operationOf(request: AwsRequest, service: string, arns: Arns): Operation {
  const target = String(request.headers["x-amz-target"] ?? "");
  if (service === "s3") return s3Operation(request);
  if (target !== "") {
    const name = target.split(".").at(-1) ?? "";
    return { name, permissions: jsonPermissions(service, name, jsonBody(request), arns) };
  }
  const form = new URLSearchParams(request.body.toString());
  const action = form.get("Action") ?? request.query.get("Action");
  if (action !== null) return queryOperation(service, action, form, arns);
  return restOperation(request, service, arns) ?? { name: `${request.method} ${request.path}`, permissions: undefined };
}

/** Services of the query protocol: `Action=Publish&TopicArn=...` */
function queryOperation(service: string, name: string, form: URLSearchParams, arns: Arns): Operation {
  const one = (action: string, resource: string): Operation => ({ name, permissions: [{ action, resource }] });
  const operation = name.replace(/Batch$/, "");
  if (service === "sns") return one(`sns:${operation}`, form.get("TopicArn") ?? form.get("TargetArn") ?? "*");
  if (service === "sts" && name === "AssumeRole") return one("sts:AssumeRole", form.get("RoleArn") ?? "*");
  if (service === "sts" && name === "GetCallerIdentity") return { name, permissions: [] };
  if (service === "ses") return one(`ses:${name}`, arns.arn("ses", `identity/${form.get("Source") ?? "*"}`));
  if (service === "monitoring") return one(`cloudwatch:${name}`, "*");
  if (service === "sqs") {
    return { name, permissions: jsonPermissions("sqs", name, Object.fromEntries(form), arns) };
  }
  return { name, permissions: undefined };
}

type Rest = (match: RegExpExecArray, request: AwsRequest, arns: Arns) => string;

/** Service, method, path, operation, IAM service and resource. */
const REST: readonly (readonly [string, string, RegExp, string, string, Rest])[] = [
  ["lambda", "POST", /^\/2015-03-31\/functions\/([^/]+)\/invocations$/, "Invoke", "lambda:InvokeFunction", functionArn],
  ["lambda", "GET", /^\/2015-03-31\/functions\/([^/]+)$/, "GetFunction", "lambda:GetFunction", functionArn],
  ["scheduler", "POST", /^\/schedules\/([^/]+)$/, "CreateSchedule", "scheduler:CreateSchedule", scheduleArn],
  ["scheduler", "GET", /^\/schedules\/([^/]+)$/, "GetSchedule", "scheduler:GetSchedule", scheduleArn],
  ["scheduler", "PUT", /^\/schedules\/([^/]+)$/, "UpdateSchedule", "scheduler:UpdateSchedule", scheduleArn],
  ["scheduler", "DELETE", /^\/schedules\/([^/]+)$/, "DeleteSchedule", "scheduler:DeleteSchedule", scheduleArn],
  ["ses", "POST", /^\/v2\/email\/outbound-emails$/, "SendEmail", "ses:SendEmail", emailIdentityArn],
  ["xray", "POST", /^\/TraceSegments$/, "PutTraceSegments", "xray:PutTraceSegments", () => "*"],
];

function restOperation(request: AwsRequest, service: string, arns: Arns): Operation | undefined {
  for (const [of, method, pattern, name, action, resource] of REST) {
    const match = of === service && method === request.method ? pattern.exec(request.path) : null;
    if (match) return { name, permissions: [{ action, resource: resource(match, request, arns) }] };
  }
  return undefined;
}

function functionArn([, name = ""]: RegExpExecArray, _: AwsRequest, arns: Arns): string {
  const decoded = decodeURIComponent(name);
  return decoded.startsWith("arn:") ? decoded : arns.arn("lambda", `function:${decoded}`);
}

function scheduleArn([, name = ""]: RegExpExecArray, request: AwsRequest, arns: Arns): string {
  const group = request.query.get("groupName") ?? string(jsonBody(request).GroupName) ?? "default";
  return arns.arn("scheduler", `schedule/${group}/${decodeURIComponent(name)}`);
}

function emailIdentityArn(_: RegExpExecArray, request: AwsRequest, arns: Arns): string {
  const { FromEmailAddress }: Values = jsonBody(request);
  return arns.arn("ses", `identity/${string(FromEmailAddress) ?? "*"}`);
}

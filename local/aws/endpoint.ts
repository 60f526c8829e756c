/** The one endpoint for AWS (`AWS_ENDPOINT_URL` of every function): verifies who signed, checks the role's policy, and serves or forwards. */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Functions } from "../lambda/functions";
import type { JsonObject } from "../terraform/json";
import type { SynthesizedStack } from "../terraform/read-stack";
import { AwsError } from "./aws-error";
import { type AwsRequest, readRequest } from "./aws-request";
import { checkChecksum } from "./checksum";
import type { DynamoDb } from "./dynamodb";
import { callEmulator } from "./emulator";
import { accessDenied, sendError } from "./error-response";
import { authenticateForm, readFormUpload } from "./form-upload";
import { forward } from "./forward";
import type { Iam, Principal } from "./iam";
import { invokeByApi } from "./invoke";
import { iamPrefix, operationOf } from "./permissions/operation";
import type { Arns, Operation, Permission } from "./permissions/permission";
import { s3FormOperation } from "./permissions/s3";
import { authenticate, readSignature } from "./signature";
import { assumeRole, getCallerIdentity } from "./sts";

export interface Served {
  readonly stack: SynthesizedStack;
  readonly iam: Iam;
  readonly functions: Functions;
}

export interface EndpointOptions {
  /** The stack in service. */
  served(): Served;
  readonly cognito: RequestListener;
  readonly dynamoDb: DynamoDb;
  /** Origin of an emulator for the services that are not served here. */
  readonly emulatorUrl: string | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  log(line: string): void;
}

export function createEndpoint(options: EndpointOptions): RequestListener {
  const { cognito, emulatorUrl } = options;
  return (req, res) => {
    if (isCognito(req)) cognito(req, res);
    else if (req.method === "OPTIONS" && emulatorUrl) void preflight(emulatorUrl, req, res);
    else void handle(options, req, res);
  };
}

/** Cognito's own protocol, its public documents, and preflights of pages that sign in by themselves. */
function isCognito({ method, url = "/", headers }: IncomingMessage): boolean {
  const target = headers["x-amz-target"];
  if (target !== undefined) return String(target).startsWith("AWSCognitoIdentityProviderService.");
  if (/\/cognito-idp\/aws4_request/.test(headers.authorization ?? "")) return true;
  if (method === "OPTIONS") return url === "/";
  if (headers.authorization !== undefined || /[?&](X-Amz-Signature|AWSAccessKeyId)=/.test(url)) return false;
  if (method === "GET") return DOCUMENTS.test(url);
  return method === "POST" && !/x-www-form-urlencoded|multipart\/form-data/.test(headers["content-type"] ?? "");
}

/** Documents of pools, pages of the local API, and what browsers look for beside them. */
const DOCUMENTS = /^\/(_local\/|[^/]*\/\.well-known\/|favicon\.ico|[^/]*$)/;

/** A browser's preflight of a presigned URL is unsigned. */
async function preflight(emulatorUrl: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    await forward(emulatorUrl, await readRequest(req), res);
  } catch {
    if (!res.headersSent) res.writeHead(502).end();
  }
}

async function handle(options: EndpointOptions, req: IncomingMessage, res: ServerResponse): Promise<void> {
  let request: AwsRequest | undefined;
  let service = "";
  let what = `${req.method} ${req.url?.split("?")[0]}`;
  try {
    request = await readRequest(req);
    if (isUnsignedS3(request)) service = "s3";
    const { stack, iam } = options.served();
    const form = await readFormUpload(request);
    const signature = form?.signature ?? readSignature(request);
    service = signature.service;
    const principal = form
      ? authenticateForm(form, iam, options.now())
      : authenticate(request, signature, iam, options.now());
    const caller = principal?.arn.split("/").at(-1) ?? "developer";
    checkTarget(request, service);
    const operation = form
      ? s3FormOperation(form, stack.partition)
      : operationOf(request, service, arnsOf(stack, signature.region));
    what = `${caller}: ${service} ${operation.name}`;
    const unchecked = principal && checkPolicy(principal, service, operation);
    const status = await respond(options, { service, operation, request, principal, res });
    options.log(`aws  ${what} ${status}${unchecked ? " (resource not checked against the role's policy)" : ""}`);
  } catch (error) {
    const known = error instanceof AwsError ? error : new AwsError("InternalFailure", "Internal error", 500);
    options.log(`aws  ${what} ${known.code}: ${known === error ? known.message : (error as Error).stack}`);
    if (!res.headersSent) sendError(res, service, request, known);
  }
}

/** Only S3 has requests without a signature in a header: for the form of their errors. */
const isUnsignedS3 = ({ method, headers }: AwsRequest) =>
  headers.authorization === undefined &&
  headers["x-amz-target"] === undefined &&
  (method !== "POST" || /multipart\/form-data/.test(headers["content-type"] ?? ""));

/** The service that an X-Amz-Target belongs to, by its prefix. */
const TARGETS: Readonly<Record<string, string>> = {
  AmazonSQS: "sqs",
  AmazonSSM: "ssm",
  AWSEvents: "events",
  AWSStepFunctions: "states",
  DynamoDB_20120810: "dynamodb",
  DynamoDBStreams_20120810: "dynamodb",
  Firehose_20150804: "firehose",
  Kinesis_20131202: "kinesis",
  Logs_20140328: "logs",
  secretsmanager: "secretsmanager",
  TrentService: "kms",
};

/**
 * A request signed for one service must not be an operation of another: its policy would be checked for the wrong one.
 * @throws AwsError InvalidSignatureException
 */
function checkTarget({ headers }: AwsRequest, service: string): void {
  const [prefix = ""] = String(headers["x-amz-target"] ?? "").split(".");
  const owner = Object.hasOwn(TARGETS, prefix) ? TARGETS[prefix] : undefined;
  if (owner === undefined || owner === service) return;
  const reason = `Credential should be scoped to correct service: '${owner}'. `;
  throw new AwsError("InvalidSignatureException", reason, 403);
}

/**
 * @returns whether the operation's resources are not known, and thus were not checked
 * @throws AwsError AccessDeniedException
 */
function checkPolicy(principal: Principal, service: string, { permissions, action }: Operation): boolean {
  if (permissions === undefined && action === undefined && !principal.mayUse(iamPrefix(service))) {
    throw accessDenied(principal.denied(`${iamPrefix(service)}:*`, "*"));
  }
  type Needed = Pick<Permission, "action" | "keys"> & { readonly resource?: string };
  const needed: readonly Needed[] = permissions ?? (action ? [{ action }] : []);
  for (const { action, resource, keys } of needed) {
    const denial = principal.denial(action, resource, keys);
    if (denial !== undefined) throw accessDenied(denial);
  }
  return permissions === undefined;
}

/** @param region that the request is signed for */
const arnsOf = (stack: SynthesizedStack, region: string): Arns => ({
  partition: stack.partition,
  arn: (service, rest) => `arn:${stack.partition}:${service}:${region}:${stack.accountId}:${rest}`,
  secretArn(name) {
    const secret = stack.resources("aws_secretsmanager_secret").find(({ values }) => values.name === name);
    if (secret && region === stack.region) return String(secret.values.arn);
    return `arn:${stack.partition}:secretsmanager:${region}:${stack.accountId}:secret:${name}-XXXXXX`;
  },
  partitionKey(tableArn, index) {
    const table = stack.resources("aws_dynamodb_table").find(({ values }) => values.arn === tableArn);
    const indexes = [table?.values.global_secondary_index ?? []].flat() as JsonObject[];
    const key = indexes.find(({ name }) => name === index)?.hash_key ?? table?.values.hash_key;
    return key === undefined ? undefined : String(key);
  },
});

interface Exchange {
  readonly service: string;
  readonly operation: Operation;
  readonly request: AwsRequest;
  readonly principal: Principal | undefined;
  readonly res: ServerResponse;
}

/** @returns the status of the response */
async function respond(options: EndpointOptions, exchange: Exchange): Promise<number> {
  const { dynamoDb, emulatorUrl, served } = options;
  const { service, operation, request, res, principal } = exchange;
  if (service === "dynamodb") return dynamoDb.handle(operation.name, request, res);
  if (service === "lambda" && operation.name === "Invoke") {
    const status = await invokeByApi(served().functions, request, res);
    if (status !== undefined) return status;
  }
  if (service === "lambda" && operation.name === "ListFunctions") {
    const Functions = served()
      .functions.names()
      .map((FunctionName) => ({ FunctionName }));
    res.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ Functions }));
    return 200;
  }
  if (service === "sts" && operation.name === "GetCallerIdentity")
    return getCallerIdentity(res, served().stack, principal);
  if (service === "sts" && operation.name === "AssumeRole") return assumeRole(request, res, served(), principal);
  if (service === "s3") checkChecksum(request);
  if (emulatorUrl) return callEmulator(emulatorUrl, service, request, res, served().stack);
  throw new AwsError(
    "NotEmulatedException",
    `${service} ${operation.name} is not served locally: set AWS_EMULATOR_URL, see docs/local-api.md`,
  );
}

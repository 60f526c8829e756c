/** Requests for the services that the local API does not serve itself. */
import type { ServerResponse } from "node:http";
import type { SynthesizedStack } from "../terraform/read-stack";
import type { AwsRequest } from "./aws-request";
import { forward } from "./forward";
import { jsonBody } from "./permissions/permission";

/**
 * Sends a request whose permissions were checked to the emulator, and its response back.
 * @param origin of the emulator: `http://127.0.0.1:4566`
 * @returns the status of the response
 */
export function callEmulator(
  origin: string,
  service: string,
  request: AwsRequest,
  res: ServerResponse,
  stack: SynthesizedStack,
): Promise<number> {
  // An SQS client sends to the host of a queue's URL: it must be this endpoint, which checks the policy.
  const queueUrls = (body: string) =>
    body.replace(/https?:\/\/[^/\s"<]+(?=\/\d{12}\/)/g, `http://${request.headers.host}`);
  const sent =
    service === "secretsmanager" ? withSecretName(request, stack) : withoutPresignature(asBytes(service, request));
  return forward(origin, sent, res, service === "sqs" ? { rewrite: queueUrls } : {});
}

/** The emulator chose the end of a secret's ARN: it finds the secret by its name. */
function withSecretName(request: AwsRequest, stack: SynthesizedStack): AwsRequest {
  const { SecretId } = jsonBody(request);
  const secret = stack.resources("aws_secretsmanager_secret").find(({ values }) => values.arn === SecretId);
  const body = secret && Buffer.from(JSON.stringify({ ...jsonBody(request), SecretId: secret.values.name }));
  return body ? { ...request, body } : request;
}

/** curl calls the body of an upload a form unless told otherwise; S3 takes it as it is, an emulator may parse it and keep nothing. */
function asBytes(service: string, request: AwsRequest): AwsRequest {
  const { method, headers } = request;
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  if (service !== "s3" || method !== "PUT" || !isForm) return request;
  return { ...request, headers: { ...headers, "content-type": "binary/octet-stream" } };
}

/** Emulators verify presigned URLs with keys of their own: send the signature, which is verified here, as a header instead. */
function withoutPresignature(request: AwsRequest): AwsRequest {
  const credential = request.query.get("X-Amz-Credential");
  if (credential === null) return request;
  const kept = (request.url.split("?")[1] ?? "").split("&").filter((parameter) => !PRESIGNATURE.test(parameter));
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${"0".repeat(64)}`;
  return { ...request, url: `${request.path}?${kept.join("&")}`, headers: { ...request.headers, authorization } };
}

const PRESIGNATURE =
  /^X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token|Content-Sha256)=/;

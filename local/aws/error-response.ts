import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { AwsError } from "./aws-error";
import type { AwsRequest } from "./aws-request";

/** Sends an error in the form of the service's protocol. */
export function sendError(res: ServerResponse, service: string, request: AwsRequest | undefined, error: AwsError) {
  const { code, message, status } = error;
  const requestId = randomUUID();
  const headers = { "x-amzn-RequestId": requestId };
  if (request?.headers["x-amz-target"] !== undefined) {
    const type = String(request.headers["content-type"] ?? "application/x-amz-json-1.0");
    // These protocols respond 400 to every error of the client.
    res.writeHead(status < 500 ? 400 : status, { ...headers, "Content-Type": type });
    res.end(JSON.stringify({ __type: `com.amazon.coral.service#${code}`, message, Message: message }));
  } else if (service === "s3") {
    res.writeHead(status, { "x-amz-request-id": requestId, "Content-Type": "application/xml" });
    res.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error>${xml(s3Code(code), message, requestId)}</Error>`);
  } else if (/x-www-form-urlencoded/.test(String(request?.headers["content-type"]))) {
    const body = `<Error><Type>Sender</Type>${xml(code.replace(/Exception$/, ""), message)}</Error>`;
    res.writeHead(status, { ...headers, "Content-Type": "text/xml" });
    res.end(`<ErrorResponse>${body}<RequestId>${requestId}</RequestId></ErrorResponse>`);
  } else {
    res.writeHead(status, { ...headers, "Content-Type": "application/json", "x-amzn-ErrorType": code });
    res.end(JSON.stringify({ message }));
  }
}

const S3_CODES: Readonly<Record<string, string>> = {
  AccessDeniedException: "AccessDenied",
  InvalidSignatureException: "SignatureDoesNotMatch",
  MissingAuthenticationTokenException: "AccessDenied",
  UnrecognizedClientException: "InvalidToken",
};
const s3Code = (code: string) => S3_CODES[code] ?? code.replace(/Exception$/, "");

const xml = (code: string, message: string, requestId?: string) =>
  `<Code>${code}</Code><Message>${escapeXml(message)}</Message>${requestId ? `<RequestId>${requestId}</RequestId>` : ""}`;
const escapeXml = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

export const accessDenied = (message: string) => new AwsError("AccessDeniedException", message, 403);

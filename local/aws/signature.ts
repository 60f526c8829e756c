/** AWS Signature Version 4: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { AwsError } from "./aws-error";
import type { AwsRequest } from "./aws-request";
import type { Iam, Principal } from "./iam";
import { checkAge } from "./signature-age";

export interface Signature {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly value: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly timestamp: string;
  readonly sessionToken: string | undefined;
  /** Set for a presigned URL. */
  readonly expiresSeconds: number | undefined;
}

const HEADER =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/;
/** Of a presigned URL or form. */
export const CREDENTIAL = /^([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/;

/**
 * Reads the signature from the `Authorization` header or a presigned URL.
 * @throws AwsError MissingAuthenticationTokenException, IncompleteSignatureException, InvalidRequest for signature version 2
 */
export function readSignature({ headers, query }: AwsRequest): Signature {
  const header = headers.authorization;
  const presigned = query.get("X-Amz-Signature");
  if (query.has("AWSAccessKeyId")) {
    const reason = "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.";
    throw new AwsError("InvalidRequest", reason);
  }
  if (header === undefined && presigned === null) {
    throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token", 403);
  }
  const credential = CREDENTIAL.exec(query.get("X-Amz-Credential") ?? "");
  const match = header === undefined ? credential : HEADER.exec(header);
  if (!match) {
    const required = "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters.";
    throw new AwsError("IncompleteSignatureException", required);
  }
  const [, accessKeyId = "", date = "", region = "", service = "", signedHeaders = "", value = ""] = match;
  const shared = { accessKeyId, date, region, service };
  if (header === undefined) {
    return {
      ...shared,
      signedHeaders: (query.get("X-Amz-SignedHeaders") ?? "").split(";"),
      value: presigned ?? "",
      timestamp: query.get("X-Amz-Date") ?? "",
      sessionToken: query.get("X-Amz-Security-Token") ?? undefined,
      expiresSeconds: Number(query.get("X-Amz-Expires")),
    };
  }
  const token = headers["x-amz-security-token"];
  return {
    ...shared,
    signedHeaders: signedHeaders.split(";"),
    value,
    timestamp: String(headers["x-amz-date"]),
    sessionToken: token === undefined ? undefined : String(token),
    expiresSeconds: undefined,
  };
}

/**
 * The role that signed; undefined for the developer, whose keys belong to no role of the stack and have no known secret.
 * @throws AwsError UnrecognizedClientException, InvalidSignatureException, RequestTimeTooSkewed; AccessDenied for an expired presigned URL
 */
export function authenticate(request: AwsRequest, signature: Signature, iam: Iam, now: number): Principal | undefined {
  const text = () =>
    ["AWS4-HMAC-SHA256", signature.timestamp, scopeOf(signature), sha256(canonicalRequest(request, signature))].join(
      "\n",
    );
  return signer(signature, text, iam, now);
}

/** @param text that the signature is of */
export function signer(signature: Signature, text: () => string, iam: Iam, now: number): Principal | undefined {
  const { accessKeyId, sessionToken } = signature;
  const principal = iam.principal(accessKeyId);
  if (!principal && !accessKeyId.startsWith("ASIA")) return undefined;
  if (!principal || principal.credentials.sessionToken !== sessionToken) {
    throw new AwsError("UnrecognizedClientException", "The security token included in the request is invalid.", 403);
  }
  const expected = sign(text(), signature, principal.credentials.secretAccessKey);
  if (!equal(expected, signature.value) || !signature.signedHeaders.includes("host")) {
    throw new AwsError(
      "InvalidSignatureException",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
      403,
    );
  }
  checkAge(signature, now);
  return principal;
}

const equal = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();

const scopeOf = ({ date, region, service }: Signature) => `${date}/${region}/${service}/aws4_request`;

function sign(text: string, { date, region, service }: Signature, secret: string): string {
  const key = [date, region, service, "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, text).toString("hex");
}

/** Everything but RFC 3986's unreserved characters. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

function canonicalRequest(request: AwsRequest, { service, signedHeaders, expiresSeconds }: Signature): string {
  const { method, path, query, headers } = request;
  // S3 signs the path as sent; every other service encodes it again.
  const segment = service === "s3" ? (text: string) => encode(decodeURIComponent(text)) : encode;
  const parameters = [...query].filter(([name]) => name !== "X-Amz-Signature");
  return [
    method,
    path.split("/").map(segment).join("/"),
    parameters
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort()
      .join("&"),
    ...signedHeaders.map(
      (name) =>
        `${name}:${String(headers[name] ?? "")
          .trim()
          .replace(/ +/g, " ")}`,
    ),
    "",
    signedHeaders.join(";"),
    expiresSeconds === undefined ? payloadHash(request, service) : "UNSIGNED-PAYLOAD",
  ].join("\n");
}

/** S3 clients may leave the payload unsigned or sign it in chunks, and say so in a header. */
function payloadHash({ headers, body }: AwsRequest, service: string): string {
  const declared = String(headers["x-amz-content-sha256"] ?? "");
  return service === "s3" && /^(STREAMING-|UNSIGNED-)/.test(declared) ? declared : sha256(body);
}

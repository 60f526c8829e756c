/** S3 requests name their operation by method, path and query: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
import { AwsError } from "../aws-error";
import type { AwsRequest } from "../aws-request";
import { type ConditionKeys, conditionKeys } from "../condition";
import type { FormUpload } from "../form-upload";
import type { Operation } from "./permission";
import { bucketOperation } from "./s3-bucket";

/** Operations on an object: method, the query parameter that distinguishes it, the operation and its IAM action. */
const OBJECT = [
  ["GET", "tagging", "GetObjectTagging", "GetObjectTagging"],
  ["PUT", "tagging", "PutObjectTagging", "PutObjectTagging"],
  ["DELETE", "tagging", "DeleteObjectTagging", "DeleteObjectTagging"],
  ["GET", "acl", "GetObjectAcl", "GetObjectAcl"],
  ["PUT", "acl", "PutObjectAcl", "PutObjectAcl"],
  ["GET", "attributes", "GetObjectAttributes", "GetObjectAttributes"],
  ["GET", "uploadId", "ListParts", "ListMultipartUploadParts"],
  ["POST", "uploads", "CreateMultipartUpload", "PutObject"],
  ["PUT", "uploadId", "UploadPart", "PutObject"],
  ["POST", "uploadId", "CompleteMultipartUpload", "PutObject"],
  ["DELETE", "uploadId", "AbortMultipartUpload", "AbortMultipartUpload"],
  ["GET", "versionId", "GetObject", "GetObjectVersion"],
  ["HEAD", "versionId", "HeadObject", "GetObjectVersion"],
  ["DELETE", "versionId", "DeleteObject", "DeleteObjectVersion"],
  ["GET", undefined, "GetObject", "GetObject"],
  ["HEAD", undefined, "HeadObject", "GetObject"],
  ["PUT", undefined, "PutObject", "PutObject"],
  ["DELETE", undefined, "DeleteObject", "DeleteObject"],
] as const;

/** Query parameters that do not change the operation. */
const OBJECT_PARAMETERS = /^(partNumber|uploadId|versionId|x-id|X-Amz-.*|x-amz-.*|response-.*)$/;

export function s3Operation({ method, path, query, headers, body }: AwsRequest, partition: string): Operation {
  const [bucket = "", ...rest] = path.slice(1).split("/").map(decode);
  if (bucket.includes("/")) throw new AwsError("InvalidBucketName", "The specified bucket is not valid.");
  const key = rest.join("/");
  const arn = `arn:${partition}:s3:::${bucket}`;
  const keys = requestKeys(query, headers);
  if (bucket === "") {
    return { name: "ListBuckets", permissions: [{ action: "s3:ListAllMyBuckets", resource: "*" }] };
  }
  if (key === "") {
    if (method === "POST" && query.has("delete")) return { name: "DeleteObjects", permissions: deletions(arn, body) };
    const known = bucketOperation(method, query);
    return known
      ? { name: known.name, permissions: [{ action: known.action, resource: arn, keys }] }
      : { name: `${method} bucket`, permissions: undefined };
  }
  const row = OBJECT.find(([verb, parameter]) => verb === method && (!parameter || query.has(parameter)));
  const distinguished = row?.[1] !== undefined || [...query.keys()].every((name) => OBJECT_PARAMETERS.test(name));
  if (!row || !distinguished) return { name: `${method} object`, permissions: undefined };
  const source = headers["x-amz-copy-source"];
  const resource = `${arn}/${key}`;
  const permissions = [row[3], ...besides(row[3], headers, query)].map((action) => ({
    action: `s3:${action}`,
    resource,
    keys,
  }));
  if (typeof source !== "string") return { name: row[2], permissions };
  const from = decodeURIComponent(source.replace(/^\//, "").split("?")[0] ?? "");
  const read = { action: "s3:GetObject", resource: `arn:${partition}:s3:::${from}` };
  return { name: row[2] === "UploadPart" ? "UploadPartCopy" : "CopyObject", permissions: [read, ...permissions] };
}

/** An upload by a page's form. */
export function s3FormOperation(
  { bucket, key, fields }: Pick<FormUpload, "bucket" | "key" | "fields">,
  partition: string,
): Operation {
  const given = [
    ...(fields.has("acl") ? ["PutObjectAcl"] : []),
    ...(fields.has("tagging") ? ["PutObjectTagging"] : []),
  ];
  const permissions = ["PutObject", ...given].map((action) => ({
    action: `s3:${action}`,
    resource: `arn:${partition}:s3:::${bucket}/${key}`,
  }));
  return { name: "PostObject", permissions };
}

/** Actions that a PutObject needs for what it sets besides the content. */
function besides(action: string, headers: AwsRequest["headers"], query: URLSearchParams): string[] {
  if (action !== "PutObject") return [];
  const names = [...Object.keys(headers), ...query.keys()].map((name) => name.toLowerCase());
  return [
    ...(names.includes("x-amz-tagging") ? ["PutObjectTagging"] : []),
    ...(names.some((name) => /^x-amz-(acl|grant-)/.test(name)) ? ["PutObjectAcl"] : []),
    ...(names.includes("x-amz-object-lock-legal-hold") ? ["PutObjectLegalHold"] : []),
    ...(names.includes("x-amz-object-lock-mode") ? ["PutObjectRetention"] : []),
  ];
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys */
function requestKeys(query: URLSearchParams, headers: AwsRequest["headers"]): ConditionKeys {
  const ofQuery = ["prefix", "delimiter", "max-keys"].map((name) => [`s3:${name}`, query.get(name)]);
  const ofHeaders = ["x-amz-acl", "x-amz-server-side-encryption"].map((name) => [
    `s3:${name}`,
    headers[name] ?? query.get(name),
  ]);
  return conditionKeys(Object.fromEntries([...ofQuery, ...ofHeaders]));
}

/** @throws AwsError InvalidURI */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AwsError("InvalidURI", "Couldn't parse the specified URI.");
  }
}

function deletions(arn: string, body: Buffer) {
  const keys = [...body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = ""]) => unescapeXml(key));
  return keys.map((key) => ({ action: "s3:DeleteObject", resource: `${arn}/${key}` }));
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
const unescapeXml = (text: string) =>
  text
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => ENTITIES[name] ?? "");

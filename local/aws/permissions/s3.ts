/** S3 requests name their operation by method, path and query: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
import { AwsError } from "../aws-error";
import type { AwsRequest } from "../aws-request";
import { type ConditionKeys, conditionKeys } from "../condition";
import type { Operation } from "./permission";

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

const BUCKET = [
  ["GET", "location", "GetBucketLocation", "GetBucketLocation"],
  ["GET", "versions", "ListObjectVersions", "ListBucketVersions"],
  ["GET", "uploads", "ListMultipartUploads", "ListBucketMultipartUploads"],
  ["GET", "list-type", "ListObjectsV2", "ListBucket"],
  ["HEAD", undefined, "HeadBucket", "ListBucket"],
] as const;

/** Query parameters of ListObjects; any other one, without a row above, names an operation that is not mapped. */
const LIST_PARAMETERS = /^(prefix|delimiter|marker|max-keys|encoding-type|x-id|X-Amz-.*)$/;
/** Query parameters that do not change the operation. */
const OBJECT_PARAMETERS = /^(partNumber|uploadId|versionId|x-id|X-Amz-.*|x-amz-.*|response-.*)$/;

export function s3Operation({ method, path, query, headers, body }: AwsRequest, partition: string): Operation {
  const [bucket = "", ...rest] = path.slice(1).split("/").map(decode);
  if (bucket.includes("/")) throw new AwsError("InvalidBucketName", "The specified bucket is not valid.");
  const key = rest.join("/");
  const arn = `arn:${partition}:s3:::${bucket}`;
  const parameters = [...query.keys()];
  const keys = requestKeys(query, headers);
  if (bucket === "") {
    return { name: "ListBuckets", permissions: [{ action: "s3:ListAllMyBuckets", resource: "*" }] };
  }
  if (key === "") {
    if (method === "POST" && query.has("delete")) return { name: "DeleteObjects", permissions: deletions(arn, body) };
    const row = BUCKET.find(([verb, parameter]) => verb === method && (!parameter || query.has(parameter)));
    if (row) return { name: row[2], permissions: [{ action: `s3:${row[3]}`, resource: arn, keys }] };
    const lists = method === "GET" && parameters.every((name) => LIST_PARAMETERS.test(name));
    return lists
      ? { name: "ListObjects", permissions: [{ action: "s3:ListBucket", resource: arn, keys }] }
      : { name: `${method} bucket`, permissions: undefined };
  }
  const row = OBJECT.find(([verb, parameter]) => verb === method && (!parameter || query.has(parameter)));
  const distinguished = row?.[1] !== undefined || parameters.every((name) => OBJECT_PARAMETERS.test(name));
  if (!row || !distinguished) return { name: `${method} object`, permissions: undefined };
  const source = headers["x-amz-copy-source"];
  const permissions = [{ action: `s3:${row[3]}`, resource: `${arn}/${key}`, keys }];
  if (typeof source !== "string") return { name: row[2], permissions };
  const from = decodeURIComponent(source.replace(/^\//, "").split("?")[0] ?? "");
  const read = { action: "s3:GetObject", resource: `arn:${partition}:s3:::${from}` };
  return { name: row[2] === "UploadPart" ? "UploadPartCopy" : "CopyObject", permissions: [read, ...permissions] };
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

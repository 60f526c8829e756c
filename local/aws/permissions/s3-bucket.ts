/** Operations on a bucket and their IAM actions: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */

/** Query parameter, the operation without its verb, and its action without its verb where that has another name. */
const SETTINGS: readonly (readonly [parameter: string, operation: string, action?: string])[] = [
  ["accelerate", "BucketAccelerateConfiguration", "AccelerateConfiguration"],
  ["acl", "BucketAcl"],
  ["analytics", "BucketAnalyticsConfiguration", "AnalyticsConfiguration"],
  ["cors", "BucketCors", "BucketCORS"],
  ["encryption", "BucketEncryption", "EncryptionConfiguration"],
  ["intelligent-tiering", "BucketIntelligentTieringConfiguration", "IntelligentTieringConfiguration"],
  ["inventory", "BucketInventoryConfiguration", "InventoryConfiguration"],
  ["lifecycle", "BucketLifecycleConfiguration", "LifecycleConfiguration"],
  ["logging", "BucketLogging"],
  ["metrics", "BucketMetricsConfiguration", "MetricsConfiguration"],
  ["notification", "BucketNotificationConfiguration", "BucketNotification"],
  ["object-lock", "ObjectLockConfiguration", "BucketObjectLockConfiguration"],
  ["ownershipControls", "BucketOwnershipControls"],
  ["policyStatus", "BucketPolicyStatus"],
  ["policy", "BucketPolicy"],
  ["publicAccessBlock", "PublicAccessBlock", "BucketPublicAccessBlock"],
  ["replication", "BucketReplication", "ReplicationConfiguration"],
  ["requestPayment", "BucketRequestPayment"],
  ["tagging", "BucketTagging"],
  ["versioning", "BucketVersioning"],
  ["website", "BucketWebsite"],
];

/** Other operations: method, the query parameter that distinguishes it, the operation and its action. */
const OTHERS = [
  ["GET", "location", "GetBucketLocation", "GetBucketLocation"],
  ["GET", "versions", "ListObjectVersions", "ListBucketVersions"],
  ["GET", "uploads", "ListMultipartUploads", "ListBucketMultipartUploads"],
  ["GET", "list-type", "ListObjectsV2", "ListBucket"],
] as const;

const PLAIN: Readonly<Record<string, readonly [operation: string, action: string]>> = {
  GET: ["ListObjects", "ListBucket"],
  HEAD: ["HeadBucket", "ListBucket"],
  PUT: ["CreateBucket", "CreateBucket"],
  DELETE: ["DeleteBucket", "DeleteBucket"],
};

/** Query parameters of operations that no other one distinguishes; any further one names an operation that is not mapped. */
const LIST_PARAMETERS = /^(prefix|delimiter|marker|max-keys|encoding-type|x-id|X-Amz-.*)$/;

const VERBS: Readonly<Record<string, string>> = { GET: "Get", PUT: "Put", DELETE: "Delete" };

/** Actions that delete by their own name; every other setting is deleted with the action that puts it. */
const DELETED = new Set(["BucketPolicy", "BucketWebsite"]);

/** @returns undefined for an operation that is not mapped */
export function bucketOperation(
  method: string,
  query: URLSearchParams,
): { readonly name: string; readonly action: string } | undefined {
  const other = OTHERS.find(([verb, parameter]) => verb === method && query.has(parameter));
  if (other) return { name: other[2], action: `s3:${other[3]}` };
  const setting = SETTINGS.find(([parameter]) => query.has(parameter));
  const verb = VERBS[method];
  if (setting && verb) {
    const [, name, action = name] = setting;
    const actionVerb = verb === "Delete" && !DELETED.has(action) ? "Put" : verb;
    return { name: `${verb}${name}`, action: `s3:${actionVerb}${action}` };
  }
  const plain = PLAIN[method];
  if (!plain || ![...query.keys()].every((name) => LIST_PARAMETERS.test(name))) return undefined;
  return { name: plain[0], action: `s3:${plain[1]}` };
}

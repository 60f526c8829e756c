import { Bucket, type BucketProps } from "../../../constructs/resources/bucket";
import { only, resources, synthScope } from "../../support/synth";
import { granted, reference, synthWith, variables } from "./support";

const synthBucket = (changes: Partial<BucketProps> = {}) =>
  synthScope((stack) => new Bucket(stack, "uploads", { name: "dev-uploads", ...changes }));

test("a bucket is private, encrypted, reached by TLS only, and cannot be deleted", () => {
  const json = synthBucket();
  const arn = reference(json, "aws_s3_bucket", "arn");
  expect(only(json, "aws_s3_bucket")).toEqual({
    bucket: "dev-uploads-${data.aws_caller_identity.account.account_id}",
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
  });
  expect(only(json, "aws_s3_bucket_public_access_block")).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(only(json, "aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
    { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" }, bucket_key_enabled: false },
  ]);
  expect(JSON.parse(String(only(json, "aws_s3_bucket_policy").policy)).Statement).toEqual([
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
  expect(resources(json, "aws_s3_bucket_cors_configuration")).toEqual([]);
});

test("a deleted object can be restored for 30 days, and an unfinished upload goes after a week", () => {
  const json = synthBucket();
  expect(only(json, "aws_s3_bucket_versioning").versioning_configuration).toEqual({ status: "Enabled" });
  expect(only(json, "aws_s3_bucket_lifecycle_configuration").rule).toEqual([
    {
      id: "retention",
      status: "Enabled",
      filter: [{ prefix: "" }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      noncurrent_version_expiration: [{ noncurrent_days: 30 }],
    },
  ]);
});

test("without protection it is deleted with its objects, and keeps no versions", () => {
  const json = synthBucket({ protect: false, expireAfterDays: 90 });
  expect(only(json, "aws_s3_bucket")).toMatchObject({ force_destroy: true });
  expect(only(json, "aws_s3_bucket").lifecycle).toBeUndefined();
  expect(only(json, "aws_s3_bucket_versioning").versioning_configuration).toEqual({ status: "Suspended" });
  expect(only(json, "aws_s3_bucket_lifecycle_configuration").rule).toMatchObject([
    { expiration: [{ days: 90 }], noncurrent_version_expiration: [{ noncurrent_days: 1 }] },
  ]);
});

test("pages of the named origins may upload and download", () => {
  const json = synthBucket({ corsOrigins: ["https://app.example"] });
  expect(only(json, "aws_s3_bucket_cors_configuration").cors_rule).toMatchObject([
    { allowed_origins: ["https://app.example"], allowed_methods: ["GET", "HEAD", "PUT", "POST"] },
  ]);
});

test.each([
  ["grantRead", [["s3:GetObject"], "/in/*"], [["s3:ListBucket"], ""]],
  ["grantPut", [["s3:PutObject", "s3:AbortMultipartUpload"], "/in/*"]],
  ["grantDelete", [["s3:DeleteObject"], "/in/*"]],
] as const)("%s allows exactly its actions on the named objects, and gives the bucket's name", (grant, ...expected) => {
  const json = synthWith((stack, fn) => new Bucket(stack, "uploads", { name: "dev-uploads" })[grant](fn, "in/*"));
  const arn = reference(json, "aws_s3_bucket", "arn");
  expect(granted(json)).toEqual(expected.map(([Action, path]) => ({ Action, Resource: `${arn}${path}` })));
  expect(variables(json)).toEqual({ UPLOADS_BUCKET: reference(json, "aws_s3_bucket", "bucket") });
});

test("grantReadWrite allows to read, write and delete every object", () => {
  const json = synthWith((stack, fn) => new Bucket(stack, "uploads", { name: "dev-uploads" }).grantReadWrite(fn));
  expect(granted(json).flatMap(({ Action }) => Action)).toEqual([
    "s3:GetObject",
    "s3:ListBucket",
    "s3:PutObject",
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
  ]);
  expect(granted(json)[0]?.Resource).toBe(`${reference(json, "aws_s3_bucket", "arn")}/*`);
});

test("a key of your own encrypts objects: reading and writing need it", () => {
  const kmsKeyArn = "arn:aws:kms:us-east-1:1:key/a";
  const json = synthWith((stack, fn) =>
    new Bucket(stack, "uploads", { name: "dev-uploads", kmsKeyArn }).grantReadWrite(fn),
  );
  expect(only(json, "aws_s3_bucket_server_side_encryption_configuration").rule).toMatchObject([
    { apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: kmsKeyArn } },
  ]);
  expect(granted(json)).toEqual(
    expect.arrayContaining([
      { Action: ["kms:Decrypt"], Resource: kmsKeyArn },
      { Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: kmsKeyArn },
    ]),
  );
});

test("asks for the account once, however many buckets there are", () => {
  const json = synthScope((stack) => {
    for (const name of ["first", "second"]) new Bucket(stack, name, { name });
  });
  expect(Object.keys(json.data.aws_caller_identity ?? {})).toEqual(["account"]);
});

test.each<[Partial<BucketProps>, string]>([
  [{ name: "Uploads" }, 'name must be 3 to 50 lower-case letters, digits or "-", got "Uploads"'],
  [{ expireAfterDays: 0 }, "expireAfterDays must be a whole number from 1 to 36500, got 0"],
  [{ restorableDays: -1 }, "restorableDays must be a whole number from 0 to 36500, got -1"],
])("rejects %j", (changes, message) => {
  expect(() => synthBucket(changes)).toThrow(message);
});

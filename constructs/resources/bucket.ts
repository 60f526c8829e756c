/** An S3 bucket that only this account's roles can reach, over TLS. */
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import type { NodeFunction } from "../function/node-function";
import { tlsOnly } from "../policy";
import { preventDestroy } from "../protection";
import { accountId } from "./account";
import { checkName, checkWhole, variableName } from "./checks";

export interface BucketProps {
  /**
   * Start of the bucket's name, which must be unique in the world: "-" and the account's number follow. 3 to 50 lower-case letters,
   * digits or "-". Changing it replaces the bucket.
   */
  readonly name: string;
  /**
   * Exact origins of the pages that upload or download by presigned URLs: `https://app.example`.
   * @default - no page may, only programs
   */
  readonly corsOrigins?: readonly string[];
  /**
   * Days after which an object is deleted, 1 or more.
   * @default - never
   */
  readonly expireAfterDays?: number;
  /**
   * Days that an overwritten or deleted object can still be restored, 1 or more; 0 keeps no versions.
   * @default 30 with `protect`, otherwise 0
   */
  readonly restorableDays?: number;
  /**
   * Whether Terraform refuses to delete the bucket (`prevent_destroy`). Otherwise `terraform destroy` deletes it with all objects.
   * @default true
   */
  readonly protect?: boolean;
  /**
   * ARN of a KMS key of your own; a function that is granted something may use it.
   * @default - S3's own key, free of charge
   */
  readonly kmsKeyArn?: string;
}

export class Bucket extends Construct {
  readonly bucketName: string;
  readonly arn: string;
  /** Variable that holds the bucket's name in a function that was granted something: `UPLOADS_BUCKET` for the id `uploads`. */
  readonly environmentVariable: string;
  private readonly kmsKeyArn: string | undefined;

  /** @throws Error on a name that AWS rejects, and on days out of bounds */
  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    const { protect = true, corsOrigins = [], kmsKeyArn } = props;
    checkName("name", props.name, /^[a-z\d][a-z\d-]{2,49}$/, '3 to 50 lower-case letters, digits or "-"');
    const bucket = new S3Bucket(this, "bucket", {
      bucket: `${props.name}-${accountId(this)}`,
      forceDestroy: !protect,
      ...preventDestroy(protect),
    });
    const access = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket: bucket.id,
      rule: [
        {
          applyServerSideEncryptionByDefault:
            kmsKeyArn === undefined
              ? { sseAlgorithm: "AES256" }
              : { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
          bucketKeyEnabled: kmsKeyArn !== undefined,
        },
      ],
    });
    new S3BucketPolicy(this, "policy", {
      bucket: bucket.id,
      policy: tlsOnly("s3:*", [bucket.arn, `${bucket.arn}/*`]),
      dependsOn: [access], // S3 rejects two changes of a bucket's access at once
    });
    retain(this, bucket.id, props);
    if (corsOrigins.length > 0) {
      new S3BucketCorsConfiguration(this, "cors", {
        bucket: bucket.id,
        corsRule: [
          {
            allowedOrigins: [...corsOrigins],
            allowedMethods: ["GET", "HEAD", "PUT", "POST"],
            allowedHeaders: ["*"],
            exposeHeaders: ["ETag"],
            maxAgeSeconds: 600,
          },
        ],
      });
    }
    this.bucketName = bucket.bucket;
    this.arn = bucket.arn;
    this.environmentVariable = variableName(id, "BUCKET");
    this.kmsKeyArn = kmsKeyArn;
  }

  /**
   * Lets a function read objects and list the bucket: without the latter, S3 returns 403 for an object that does not exist.
   * @param keys which objects, `*` is any text: `reports/*`
   */
  grantRead(fn: NodeFunction, keys = "*"): void {
    this.grant(fn, ["s3:GetObject"], keys);
    fn.allow({ actions: ["s3:ListBucket"], resource: this.arn });
    if (this.kmsKeyArn !== undefined) fn.allow({ actions: ["kms:Decrypt"], resource: this.kmsKeyArn });
  }

  /**
   * Lets a function write objects, and sign URLs by which others upload them.
   * @param keys which objects, `*` is any text: `incoming/*`
   */
  grantPut(fn: NodeFunction, keys = "*"): void {
    this.grant(fn, ["s3:PutObject", "s3:AbortMultipartUpload"], keys);
    const actions = ["kms:Decrypt", "kms:GenerateDataKey"]; // Decrypt: for uploads in parts
    if (this.kmsKeyArn !== undefined) fn.allow({ actions, resource: this.kmsKeyArn });
  }

  grantDelete(fn: NodeFunction, keys = "*"): void {
    this.grant(fn, ["s3:DeleteObject"], keys);
  }

  grantReadWrite(fn: NodeFunction, keys = "*"): void {
    this.grantRead(fn, keys);
    this.grantPut(fn, keys);
    this.grantDelete(fn, keys);
  }

  /**
   * Lets a function do exactly this to objects, and gives it the bucket's name in `environmentVariable`.
   * @throws Error on an action that is all wildcard
   */
  grant(fn: NodeFunction, actions: readonly string[], keys = "*"): void {
    fn.allow({ actions, resource: `${this.arn}/${keys}` });
    fn.addEnvironment(this.environmentVariable, this.bucketName);
  }
}

/** Versions and expiry. Parts of an upload that was never completed cost as objects do: they go after a week. */
function retain(scope: Construct, bucket: string, { protect = true, expireAfterDays, ...props }: BucketProps): void {
  const { restorableDays = protect ? 30 : 0 } = props;
  checkWhole("expireAfterDays", expireAfterDays, 1, 36_500);
  checkWhole("restorableDays", restorableDays, 0, 36_500);
  const versioning = new S3BucketVersioningA(scope, "versioning", {
    bucket,
    versioningConfiguration: { status: restorableDays > 0 ? "Enabled" : "Suspended" },
  });
  new S3BucketLifecycleConfiguration(scope, "lifecycle", {
    bucket,
    rule: [
      {
        id: "retention",
        status: "Enabled",
        filter: [{ prefix: "" }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        ...(expireAfterDays !== undefined && { expiration: [{ days: expireAfterDays }] }),
        // Also without versions: there may be some from before.
        noncurrentVersionExpiration: [{ noncurrentDays: Math.max(restorableDays, 1) }],
      },
    ],
    dependsOn: [versioning],
  });
}

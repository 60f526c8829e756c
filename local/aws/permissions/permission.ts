import { type JsonObject, nested } from "../../terraform/json";
import type { AwsRequest } from "../aws-request";
import type { ConditionKeys } from "../condition";

/** An IAM action and the ARN that it is performed on. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request for this action. */
  readonly keys?: ConditionKeys;
}

/** The operation of a request and the permissions that it needs. */
export interface Operation {
  /** AWS's name of the operation: `GetItem`, `PutObject`. */
  readonly name: string;
  /** Undefined for an operation whose resources are not known here. */
  readonly permissions: readonly Permission[] | undefined;
  /** The IAM action of an operation without `permissions`, if it follows from the request. */
  readonly action?: string;
}

export interface Arns {
  readonly partition: string;
  /** `arn:<partition>:<service>:<region>:<account>:<rest>` */
  arn(service: string, rest: string): string;
  /** The ARN of a secret: it ends with six characters that AWS chooses, arbitrary ones for a secret that the stack does not have. */
  secretArn(name: string): string;
  /** The partition key of a table of the stack, or of its index. */
  partitionKey(tableArn: string, index: string | undefined): string | undefined;
}

/** The JSON object in a request's body; empty for any other body. */
export function jsonBody({ body }: AwsRequest): JsonObject {
  try {
    return nested(JSON.parse(body.toString())) ?? {};
  } catch {
    return {};
  }
}

export const string = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** A name as the ARN that it stands for. */
export const arnOr = (value: unknown, arn: (name: string) => string): string | undefined => {
  const name = string(value);
  return name?.startsWith("arn:") ? name : name && arn(name);
};

/** Services of the JSON protocols: the header X-Amz-Target names the operation, the body its resource. */
import { type JsonObject, nested } from "../../terraform/json";
import { conditionKeys } from "../condition";
import { dynamodb } from "./dynamodb";
import { type Arns, arnOr, type Permission, string } from "./permission";

type PermissionsOf = (operation: string, input: JsonObject, arns: Arns) => readonly Permission[] | undefined;

/** @returns undefined for an operation that is not mapped */
export function jsonPermissions(service: string, operation: string, input: JsonObject, arns: Arns) {
  return SERVICES[service]?.(operation, input, arns);
}

/** One permission named after the operation, on the resource that the body names. */
const named =
  (
    service: string,
    resource: (input: JsonObject, arns: Arns) => string | undefined,
    keys: (input: JsonObject) => JsonObject = () => ({}),
  ): PermissionsOf =>
  (operation, input, arns) => {
    const arn = resource(input, arns);
    if (arn === undefined) return undefined;
    return [{ action: `${service}:${operation}`, resource: arn, keys: conditionKeys(keys(input)) }];
  };

/** A name may end with a version or a label, which the ARN does not have: `/limit:3` */
function parameterArn(name: string, arns: Arns): string {
  const [, arn = "", plain = ""] = /^(arn:(?:[^:]*:){4})?([^:]*)/.exec(name) ?? [];
  return arn === "" ? arns.arn("ssm", `parameter/${plain.replace(/^\//, "")}`) : `${arn}${plain}`;
}

const SERVICES: Readonly<Record<string, PermissionsOf>> = {
  dynamodb,
  sqs: (operation, input, arns) => {
    if (operation === "ListQueues") return [{ action: "sqs:ListQueues", resource: "*" }];
    const queue = string(input.QueueName) ?? string(input.QueueUrl)?.split("/").at(-1);
    // IAM has one action for an operation and its batch.
    return queue === undefined
      ? undefined
      : [{ action: `sqs:${operation.replace(/Batch$/, "")}`, resource: arns.arn("sqs", queue) }];
  },
  ssm: (operation, input, arns) => {
    const names = [input.Names ?? input.Name ?? input.Path ?? []].flat().map(String);
    return names.length === 0
      ? undefined
      : names.map((name) => ({
          action: `ssm:${operation}`,
          resource: parameterArn(name, arns),
        }));
  },
  secretsmanager: (operation, input, arns) => {
    const ids = operation === "BatchGetSecretValue" ? (input.SecretIdList as unknown[] | undefined) : [input.SecretId];
    const resources = (ids ?? []).flatMap((id) => arnOr(id, arns.secretArn) ?? []);
    if (resources.length === 0) return undefined;
    const keys = conditionKeys({ "secretsmanager:VersionStage": input.VersionStage });
    if (operation !== "BatchGetSecretValue") {
      return resources.map((resource) => ({ action: `secretsmanager:${operation}`, resource, keys }));
    }
    const each = resources.map((resource) => ({ action: "secretsmanager:GetSecretValue", resource }));
    return [{ action: "secretsmanager:BatchGetSecretValue", resource: "*" }, ...each];
  },
  kms: named("kms", ({ KeyId }, arns) =>
    string(KeyId)?.startsWith("alias/") ? undefined : arnOr(KeyId, (id) => arns.arn("kms", `key/${id}`)),
  ),
  events: (operation, input, arns) => {
    if (operation !== "PutEvents" || !Array.isArray(input.Entries)) return undefined;
    return input.Entries.map((entry) => ({
      action: "events:PutEvents",
      resource:
        arnOr(nested(entry)?.EventBusName ?? "default", (name) => arns.arn("events", `event-bus/${name}`)) ?? "*",
      keys: conditionKeys({ "events:source": nested(entry)?.Source }),
    }));
  },
  states: named("states", ({ stateMachineArn, executionArn }) => string(stateMachineArn) ?? string(executionArn)),
  kinesis: named("kinesis", ({ StreamName, StreamARN }, arns) =>
    arnOr(StreamARN ?? StreamName, (name) => arns.arn("kinesis", `stream/${name}`)),
  ),
  monitoring: (operation, { Namespace }) => {
    if (operation === "PutMetricData" && Namespace === undefined) return undefined; // a body in CBOR
    const keys = conditionKeys({ "cloudwatch:namespace": Namespace });
    return [{ action: `cloudwatch:${operation}`, resource: "*", keys }];
  },
  firehose: named("firehose", ({ DeliveryStreamName }, arns) =>
    arnOr(DeliveryStreamName, (name) => arns.arn("firehose", `deliverystream/${name}`)),
  ),
};

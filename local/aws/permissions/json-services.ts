/** Services of the JSON protocols: the header X-Amz-Target names the operation, the body its resource. */
import { type JsonObject, nested } from "../../terraform/json";
import { type Arns, type Permission, string } from "./permission";

type PermissionsOf = (operation: string, input: JsonObject, arns: Arns) => readonly Permission[] | undefined;

/** @returns undefined for an operation that is not mapped */
export function jsonPermissions(service: string, operation: string, input: JsonObject, arns: Arns) {
  return SERVICES[service]?.(operation, input, arns);
}

/** One permission named after the operation, on the resource that the body names. */
const named =
  (service: string, resource: (input: JsonObject, arns: Arns) => string | undefined): PermissionsOf =>
  (operation, input, arns) => {
    const arn = resource(input, arns);
    return arn === undefined ? undefined : [{ action: `${service}:${operation}`, resource: arn }];
  };

const arnOr = (value: unknown, arn: (name: string) => string): string | undefined => {
  const name = string(value);
  return name?.startsWith("arn:") ? name : name && arn(name);
};

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
          resource: name.startsWith("arn:") ? name : arns.arn("ssm", `parameter/${name.replace(/^\//, "")}`),
        }));
  },
  secretsmanager: named("secretsmanager", (input, arns) => {
    const id = string(input.SecretId);
    return id?.startsWith("arn:") ? id : id && arns.secretArn(id);
  }),
  kms: named("kms", ({ KeyId }, arns) =>
    string(KeyId)?.startsWith("alias/") ? undefined : arnOr(KeyId, (id) => arns.arn("kms", `key/${id}`)),
  ),
  events: (operation, input, arns) => {
    if (operation !== "PutEvents" || !Array.isArray(input.Entries)) return undefined;
    const buses = new Set(input.Entries.map((entry) => string(nested(entry)?.EventBusName) ?? "default"));
    return [...buses].map((bus) => ({
      action: "events:PutEvents",
      resource: arnOr(bus, (name) => arns.arn("events", `event-bus/${name}`)) ?? "*",
    }));
  },
  states: named("states", ({ stateMachineArn, executionArn }) => string(stateMachineArn) ?? string(executionArn)),
  kinesis: named("kinesis", ({ StreamName, StreamARN }, arns) =>
    arnOr(StreamARN ?? StreamName, (name) => arns.arn("kinesis", `stream/${name}`)),
  ),
  monitoring: (operation) => [{ action: `cloudwatch:${operation}`, resource: "*" }],
  firehose: named("firehose", ({ DeliveryStreamName }, arns) =>
    arnOr(DeliveryStreamName, (name) => arns.arn("firehose", `deliverystream/${name}`)),
  ),
};

const TRANSACTION_ACTIONS = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
  Get: "GetItem",
} as const;

function dynamodb(operation: string, input: JsonObject, arns: Arns): readonly Permission[] | undefined {
  const table = (name: unknown) => arnOr(name, (text) => arns.arn("dynamodb", `table/${text}`)) ?? "*";
  const permission = (action: string, resource: string) => ({ action: `dynamodb:${action}`, resource });
  if (operation === "BatchGetItem" || operation === "BatchWriteItem") {
    return Object.keys(nested(input.RequestItems) ?? {}).map((name) => permission(operation, table(name)));
  }
  if (operation === "TransactWriteItems" || operation === "TransactGetItems") {
    const items = Array.isArray(input.TransactItems) ? input.TransactItems : [];
    return items.flatMap((item) =>
      Object.entries(TRANSACTION_ACTIONS).flatMap(([kind, action]) => {
        const part = nested(nested(item)?.[kind]);
        return part ? [permission(action, table(part.TableName))] : [];
      }),
    );
  }
  if (operation === "ListTables") return [permission(operation, "*")];
  const index = string(input.IndexName);
  if (string(input.TableName) === undefined) return undefined;
  return [permission(operation, index ? `${table(input.TableName)}/index/${index}` : table(input.TableName))];
}

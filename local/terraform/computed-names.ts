/** Ids, ARNs and URLs of usual types that are not served, from their configured names. */

import { LOWER, MIXED } from "./derive";
import type { JsonObject } from "./json";
import { serviceHost } from "./partition";

type Computed = Readonly<Record<string, () => unknown>>;

export interface Naming {
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  /** Attributes; read only inside a getter. */
  readonly values: JsonObject;
  arn(service: string, rest: string): string;
  id(alphabet: string, length: number): string;
}

/** Undefined for a type whose attributes are not known. */
export const computedNames = (type: string, naming: Naming): Computed | undefined => NAMES[type]?.(naming);

/** A type whose ARN ends with its name, and whose id is its ARN or its name. */
const named =
  (service: string, prefix: string, id: "arn" | "name" = "name") =>
  ({ values, arn }: Naming): Computed => {
    const ownArn = () => arn(service, `${prefix}${values.name}`);
    return { arn: ownArn, id: id === "arn" ? ownArn : () => values.name };
  };

const NAMES: Readonly<Record<string, (naming: Naming) => Computed>> = {
  aws_cloudwatch_event_bus: named("events", "event-bus/"),
  aws_cloudwatch_event_rule: ({ values, arn }) => {
    const bus = () => (values.event_bus_name === undefined ? "" : `${values.event_bus_name}/`);
    return { id: () => values.name, arn: () => arn("events", `rule/${bus()}${values.name}`) };
  },
  aws_kinesis_stream: named("kinesis", "stream/", "arn"),
  aws_kms_alias: ({ values, arn }) => ({ id: () => values.name, arn: () => arn("kms", String(values.name)) }),
  aws_kms_key: (naming) => {
    const id = () => naming.id(LOWER, 36).replace(/^(.{8}).(.{4}).(.{4}).(.{4})./, "$1-$2-$3-$4-");
    return { id, key_id: id, arn: () => naming.arn("kms", `key/${id()}`) };
  },
  random_id: (naming) => {
    const bytes = () => Number(naming.values.byte_length);
    const hex = () => `${naming.values.prefix ?? ""}${naming.id("0123456789abcdef", bytes() * 2)}`;
    return { id: hex, hex };
  },
  random_password: (naming) => ({ result: () => naming.id(MIXED, Number(naming.values.length)) }),
  random_pet: (naming) => {
    const name = () =>
      [naming.values.prefix ?? [], "local", naming.id(LOWER, 6)].flat().join(String(naming.values.separator ?? "-"));
    return { id: name };
  },
  random_string: (naming) => {
    const result = () => naming.id(naming.values.upper === false ? LOWER : MIXED, Number(naming.values.length));
    return { id: result, result };
  },
  random_uuid: (naming) => {
    const result = () => naming.id("0123456789abcdef", 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    return { id: result, result };
  },
  aws_s3_bucket: (naming) => {
    const bucket = () => naming.values.bucket;
    return {
      id: bucket,
      bucket: () => `terraform-${naming.id(LOWER, 26)}`,
      arn: () => `arn:${naming.partition}:s3:::${bucket()}`,
      bucket_domain_name: () => `${bucket()}.s3.amazonaws.com`,
      bucket_regional_domain_name: () => `${bucket()}.${serviceHost("s3", naming.region)}`,
    };
  },
  aws_scheduler_schedule: ({ values, arn }) => {
    const path = () => `${values.group_name ?? "default"}/${values.name}`;
    return { id: path, arn: () => arn("scheduler", `schedule/${path()}`) };
  },
  aws_scheduler_schedule_group: named("scheduler", "schedule-group/"),
  aws_secretsmanager_secret: (naming) => {
    const arn = () => naming.arn("secretsmanager", `secret:${naming.values.name}-${naming.id(MIXED, 6)}`);
    return { id: arn, arn };
  },
  aws_secretsmanager_secret_version: ({ values }) => ({ arn: () => values.secret_id }),
  aws_sfn_state_machine: named("states", "stateMachine:", "arn"),
  aws_sns_topic: named("sns", "", "arn"),
  aws_sqs_queue: ({ region, accountId, values, arn }) => {
    const url = () => `https://${serviceHost("sqs", region)}/${accountId}/${values.name}`;
    return { id: url, url, arn: () => arn("sqs", String(values.name)) };
  },
  aws_ssm_parameter: ({ values, arn }) => ({
    id: () => values.name,
    arn: () => arn("ssm", `parameter/${String(values.name).replace(/^\//, "")}`),
    version: () => 1,
  }),
};

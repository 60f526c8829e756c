import type { JsonObject } from "../terraform/json";
import type { Block } from "../terraform/read-stack";

interface Key {
  readonly AttributeName: string;
  readonly KeyType: "HASH" | "RANGE";
}
interface Index {
  readonly IndexName: string;
  readonly KeySchema: readonly Key[];
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}

/** The input of CreateTable. */
export interface TableDefinition {
  readonly TableName: string;
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly KeySchema: readonly Key[];
  readonly BillingMode: "PAY_PER_REQUEST";
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly LocalSecondaryIndexes?: readonly Index[];
}

const list = (value: unknown) => [value ?? []].flat() as JsonObject[];

/** An `aws_dynamodb_table`; on demand, whatever its capacity: nothing is throttled locally. */
export function tableDefinition({ values }: Block): TableDefinition {
  const global = list(values.global_secondary_index).map((index) => indexOf(index, index.hash_key));
  const local = list(values.local_secondary_index).map((index) => indexOf(index, values.hash_key));
  return {
    TableName: String(values.name),
    AttributeDefinitions: list(values.attribute).map(({ name, type }) => ({
      AttributeName: String(name),
      AttributeType: String(type),
    })),
    KeySchema: keySchema(values.hash_key, values.range_key),
    BillingMode: "PAY_PER_REQUEST",
    ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
    ...(local.length > 0 && { LocalSecondaryIndexes: local }),
  };
}

function keySchema(hash: unknown, range: unknown): Key[] {
  const key: Key[] = [{ AttributeName: String(hash), KeyType: "HASH" }];
  if (range) key.push({ AttributeName: String(range), KeyType: "RANGE" });
  return key;
}

function indexOf(index: JsonObject, hash: unknown): Index {
  const others = list(index.non_key_attributes).map(String);
  return {
    IndexName: String(index.name),
    KeySchema: keySchema(hash, index.range_key),
    Projection: {
      ProjectionType: String(index.projection_type),
      ...(others.length > 0 && { NonKeyAttributes: others }),
    },
  };
}

/** A DynamoDB table, paid per request: without requests only its storage costs. */
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import type { NodeFunction } from "../function/node-function";
import { preventDestroy } from "../protection";
import { checkName, variableName } from "./checks";

/** Name of a string attribute, or name and type: string, number or binary. */
export type KeyAttribute = string | { readonly name: string; readonly type: "S" | "N" | "B" };

/** A global secondary index: the same items, found by another key. */
export interface TableIndex {
  /** 3 to 255 letters, digits, "_", "-" or ".". */
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  /** @default - none */
  readonly sortKey?: KeyAttribute;
  /**
   * Attributes that the index holds: all, the keys of table and index, or these besides the keys. A query on the index reads no others.
   * @default "all"
   */
  readonly attributes?: "all" | "keys" | readonly string[];
}

export interface TableProps {
  /** Name in AWS, unique in account and region: 3 to 255 letters, digits, "_", "-" or ".". Changing it replaces the table. */
  readonly name: string;
  /** Attribute that every item must have. Changing it replaces the table, with all its items. */
  readonly partitionKey: KeyAttribute;
  /**
   * Second part of the key, by which the items of one partition key are ordered. Changing it replaces the table.
   * @default - none: one item per partition key
   */
  readonly sortKey?: KeyAttribute;
  /**
   * Global secondary indexes, at most 20. AWS adds or removes one per update.
   * @default - none
   */
  readonly indexes?: readonly TableIndex[];
  /**
   * Attribute with the time (seconds since 1970) after which DynamoDB deletes an item, usually within a few days.
   * @default - items do not expire
   */
  readonly timeToLiveAttribute?: string;
  /**
   * Whether DynamoDB (`deletion_protection_enabled`) and Terraform (`prevent_destroy`) refuse to delete the table.
   * @default true
   */
  readonly protect?: boolean;
  /**
   * Whether the table can be restored to any second of the last 35 days. Costs per GB stored.
   * @default - as `protect`
   */
  readonly pointInTimeRecovery?: boolean;
  /**
   * ARN of a KMS key of your own; a function that is granted something may use it through DynamoDB.
   * @default - DynamoDB's own key, free of charge
   */
  readonly kmsKeyArn?: string;
}

const READ = ["BatchGetItem", "ConditionCheckItem", "GetItem", "Query", "Scan"].map((name) => `dynamodb:${name}`);
const WRITE = ["BatchWriteItem", "DeleteItem", "PutItem", "UpdateItem"].map((name) => `dynamodb:${name}`);

/** Default quota: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const MAX_INDEXES = 20;

export class Table extends Construct {
  readonly tableName: string;
  readonly arn: string;
  /** Variable that holds the table's name in a function that was granted something: `NOTES_TABLE` for the id `notes`. */
  readonly environmentVariable: string;
  private readonly hasIndexes: boolean;
  private readonly kmsKeyArn: string | undefined;

  /** @throws Error on a name that AWS rejects, on an attribute with two types, and on more than 20 indexes */
  constructor(scope: Construct, id: string, props: TableProps) {
    super(scope, id);
    const { protect = true, indexes = [], kmsKeyArn } = props;
    for (const { name } of [props, ...indexes]) {
      checkName("name", name, /^[\w.-]{3,255}$/, '3 to 255 letters, digits, "_", "-" or "."');
    }
    if (indexes.length > MAX_INDEXES) {
      throw new Error(`indexes of ${props.name} must be at most ${MAX_INDEXES}, got ${indexes.length}`);
    }
    const table = new DynamodbTable(this, "table", {
      name: props.name,
      billingMode: "PAY_PER_REQUEST",
      hashKey: attributeOf(props.partitionKey).name,
      ...(props.sortKey !== undefined && { rangeKey: attributeOf(props.sortKey).name }),
      attribute: attributes(props),
      ...(indexes.length > 0 && { globalSecondaryIndex: indexes.map(indexOf) }),
      ...(props.timeToLiveAttribute !== undefined && {
        ttl: { enabled: true, attributeName: props.timeToLiveAttribute },
      }),
      pointInTimeRecovery: { enabled: props.pointInTimeRecovery ?? protect },
      ...(kmsKeyArn !== undefined && { serverSideEncryption: { enabled: true, kmsKeyArn } }),
      deletionProtectionEnabled: protect,
      ...preventDestroy(protect),
    });
    this.tableName = table.name;
    this.arn = table.arn;
    this.environmentVariable = variableName(id, "TABLE");
    this.hasIndexes = indexes.length > 0;
    this.kmsKeyArn = kmsKeyArn;
  }

  /** Lets a function read items, by key, query or scan, on the table and its indexes. */
  grantRead(fn: NodeFunction): void {
    this.grant(fn, ...READ);
  }

  /** Lets a function put, update and delete items. It cannot read, except by `ReturnValues`. */
  grantWrite(fn: NodeFunction): void {
    this.grant(fn, ...WRITE);
  }

  grantReadWrite(fn: NodeFunction): void {
    this.grant(fn, ...READ, ...WRITE);
  }

  /**
   * Lets a function do exactly this, and gives it the table's name in `environmentVariable`.
   * @param actions `dynamodb:GetItem`, ...
   * @throws Error on an action that is all wildcard
   */
  grant(fn: NodeFunction, ...actions: readonly string[]): void {
    fn.allow({ actions, resource: this.hasIndexes ? [this.arn, `${this.arn}/index/*`] : this.arn });
    if (this.kmsKeyArn !== undefined) fn.allow({ actions: ["kms:Decrypt"], resource: this.kmsKeyArn });
    fn.addEnvironment(this.environmentVariable, this.tableName);
  }
}

const attributeOf = (key: KeyAttribute) => (typeof key === "string" ? { name: key, type: "S" as const } : key);

/** The attributes of all keys, once each. */
function attributes({ name, indexes = [], ...table }: TableProps) {
  const found = new Map<string, { readonly name: string; readonly type: "S" | "N" | "B" }>();
  for (const key of [table, ...indexes].flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey ?? []].flat())) {
    const attribute = attributeOf(key);
    const other = found.get(attribute.name) ?? attribute;
    if (other.type !== attribute.type) {
      throw new Error(`${attribute.name} of ${name} must have one type, got ${other.type} and ${attribute.type}`);
    }
    found.set(attribute.name, other);
  }
  return [...found.values()];
}

function indexOf({ name, partitionKey, sortKey, attributes = "all" }: TableIndex) {
  return {
    name,
    hashKey: attributeOf(partitionKey).name,
    ...(sortKey !== undefined && { rangeKey: attributeOf(sortKey).name }),
    projectionType: typeof attributes === "object" ? "INCLUDE" : { all: "ALL", keys: "KEYS_ONLY" }[attributes],
    ...(typeof attributes === "object" && { nonKeyAttributes: [...attributes] }),
  };
}

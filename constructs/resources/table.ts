/** A DynamoDB table, paid per request: without requests only its storage costs. */
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Construct } from "constructs";
import type { NodeFunction } from "../function/node-function";
import { preventDestroy } from "../protection";
import { checkName, checkWhole, variableName } from "./checks";
import type { Queue } from "./queue";

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
  private readonly table: DynamodbTable;
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
    this.table = new DynamodbTable(this, "table", {
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
    this.tableName = this.table.name;
    this.arn = this.table.arn;
    this.environmentVariable = variableName(id, "TABLE");
    this.hasIndexes = indexes.length > 0;
    this.kmsKeyArn = kmsKeyArn;
  }

  /**
   * Invokes a function with each change of an item, before and after, from the deployment on. A change may come twice.
   * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
   * @throws Error on numbers out of bounds, and on a FIFO queue
   */
  addStreamConsumer(fn: NodeFunction, { batchSize = 100, retries = 5, failures }: StreamProps = {}): void {
    checkWhole("batchSize", batchSize, 1, 10_000);
    checkWhole("retries", retries, 0, 10_000);
    failures?.checkStandard("receive the failures of a stream");
    this.table.streamEnabled = true;
    this.table.streamViewType = "NEW_AND_OLD_IMAGES";
    const read = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"];
    fn.allow({ actions: read, resource: this.table.streamArn });
    fn.allow({ actions: ["dynamodb:ListStreams"], resource: `${this.arn}/stream/*` });
    if (failures) fn.allow({ actions: ["sqs:SendMessage"], resource: failures.arn });
    if (this.kmsKeyArn !== undefined) fn.allow({ actions: ["kms:Decrypt"], resource: this.kmsKeyArn });
    new LambdaEventSourceMapping(new Construct(this, fn.node.id), "consumer", {
      eventSourceArn: this.table.streamArn,
      functionName: fn.arn,
      startingPosition: "LATEST",
      batchSize,
      maximumRetryAttempts: retries,
      bisectBatchOnFunctionError: true,
      functionResponseTypes: ["ReportBatchItemFailures"],
      ...(failures && { destinationConfig: { onFailure: { destinationArn: failures.arn } } }),
    });
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

/** How a function gets the changes of a table. */
export interface StreamProps {
  /**
   * Changes per event, 1 to 10000.
   * @default 100
   */
  readonly batchSize?: number;
  /**
   * How often a batch that failed is tried again, halved each time, 0 to 10000. Until it succeeds or is given up, later changes of its items wait.
   * @default 5
   */
  readonly retries?: number;
  /**
   * Queue that learns which changes were given up. Not a FIFO queue.
   * @default - the log has the errors, nothing else
   */
  readonly failures?: Queue;
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

import { Queue } from "../../../constructs/resources/queue";
import { Table, type TableProps } from "../../../constructs/resources/table";
import { only, synthScope } from "../../support/synth";
import { granted, reference, synthWith, variables } from "./support";

const props = { name: "dev-notes", partitionKey: "owner" };
const synthTable = (changes: Partial<TableProps> = {}) =>
  synthScope((stack) => new Table(stack, "notes", { ...props, ...changes }));
const table = (changes: Partial<TableProps> = {}) => only(synthTable(changes), "aws_dynamodb_table");

test("a table costs nothing without requests, can be restored, and cannot be deleted", () => {
  expect(table()).toEqual({
    name: "dev-notes",
    billing_mode: "PAY_PER_REQUEST",
    hash_key: "owner",
    attribute: [{ name: "owner", type: "S" }],
    point_in_time_recovery: { enabled: true },
    deletion_protection_enabled: true,
    lifecycle: { prevent_destroy: true },
  });
});

test("without protection it can be deleted, and keeps no backups", () => {
  const { lifecycle, ...unprotected } = table({ protect: false });
  expect(lifecycle).toBeUndefined();
  expect(unprotected).toMatchObject({
    point_in_time_recovery: { enabled: false },
    deletion_protection_enabled: false,
  });
  expect(table({ protect: false, pointInTimeRecovery: true }).point_in_time_recovery).toEqual({ enabled: true });
});

test("keys have a type, and items may expire", () => {
  expect(table({ sortKey: { name: "at", type: "N" }, timeToLiveAttribute: "expires" })).toMatchObject({
    hash_key: "owner",
    range_key: "at",
    attribute: [
      { name: "owner", type: "S" },
      { name: "at", type: "N" },
    ],
    ttl: { enabled: true, attribute_name: "expires" },
  });
});

test("an index holds all attributes, the keys, or those that are named", () => {
  const indexes = [
    { name: "all", partitionKey: "tag", sortKey: "owner" },
    { name: "keys", partitionKey: "tag", attributes: "keys" },
    { name: "some", partitionKey: "tag", attributes: ["text"] },
  ] as const;
  expect(table({ indexes }).global_secondary_index).toEqual([
    { name: "all", hash_key: "tag", range_key: "owner", projection_type: "ALL" },
    { name: "keys", hash_key: "tag", projection_type: "KEYS_ONLY" },
    { name: "some", hash_key: "tag", projection_type: "INCLUDE", non_key_attributes: ["text"] },
  ]);
});

test.each([
  ["grantRead", ["BatchGetItem", "ConditionCheckItem", "GetItem", "Query", "Scan"]],
  ["grantWrite", ["BatchWriteItem", "DeleteItem", "PutItem", "UpdateItem"]],
] as const)("%s allows exactly its actions on the table, and gives its name", (grant, names) => {
  const json = synthWith((stack, fn) => new Table(stack, "notes", props)[grant](fn));
  const Action = names.map((name) => `dynamodb:${name}`);
  expect(granted(json)).toEqual([{ Action, Resource: reference(json, "aws_dynamodb_table", "arn") }]);
  expect(variables(json)).toEqual({ NOTES_TABLE: reference(json, "aws_dynamodb_table", "name") });
});

test("grantReadWrite allows both; a table with indexes is granted with them", () => {
  const indexes = [{ name: "by-tag", partitionKey: "tag" }];
  const json = synthWith((stack, fn) => new Table(stack, "notes", { ...props, indexes }).grantReadWrite(fn));
  const arn = reference(json, "aws_dynamodb_table", "arn");
  expect(granted(json)).toEqual([
    { Action: expect.arrayContaining(["dynamodb:Query", "dynamodb:PutItem"]), Resource: [arn, `${arn}/index/*`] },
  ]);
});

test("grant allows single actions, and no wildcard", () => {
  const json = synthWith((stack, fn) => new Table(stack, "notes", props).grant(fn, "dynamodb:GetItem"));
  expect(granted(json).map(({ Action }) => Action)).toEqual([["dynamodb:GetItem"]]);
  expect(() => synthWith((stack, fn) => new Table(stack, "notes", props).grant(fn, "dynamodb:*"))).toThrow(
    "dynamodb:*",
  );
});

test("a key of your own encrypts the table, and who may use the table may use it", () => {
  const kmsKeyArn = "arn:aws:kms:us-east-1:1:key/a";
  const json = synthWith((stack, fn) => new Table(stack, "notes", { ...props, kmsKeyArn }).grantRead(fn));
  expect(only(json, "aws_dynamodb_table").server_side_encryption).toEqual({ enabled: true, kms_key_arn: kmsKeyArn });
  expect(granted(json)).toContainEqual({ Action: ["kms:Decrypt"], Resource: kmsKeyArn });
});

test.each<[Partial<TableProps>, string]>([
  [{ name: "a b" }, 'name must be 3 to 255 letters, digits, "_", "-" or ".", got "a b"'],
  [{ indexes: [{ name: "x", partitionKey: "tag" }] }, 'got "x"'],
  [
    { sortKey: "at", indexes: [{ name: "by-at", partitionKey: { name: "at", type: "N" } }] },
    "at of dev-notes must have one type, got S and N",
  ],
  [
    { indexes: Array.from({ length: 21 }, (_, at) => ({ name: `index-${at}`, partitionKey: "tag" })) },
    "indexes of dev-notes must be at most 20, got 21",
  ],
])("rejects %j", (changes, message) => {
  expect(() => synthTable(changes)).toThrow(message);
});

test("a function gets the changes of a table", () => {
  const json = synthWith((stack, fn) => {
    const failures = new Queue(stack, "failures", { name: "dev-failures" });
    new Table(stack, "notes", props).addStreamConsumer(fn, { batchSize: 10, failures });
  });
  const arn = reference(json, "aws_dynamodb_table", "arn");
  const streamArn = reference(json, "aws_dynamodb_table", "stream_arn");
  const queueArn = expect.stringMatching(/^\$\{aws_sqs_queue\.failures_queue_\w+\.arn\}$/);
  expect(only(json, "aws_dynamodb_table")).toMatchObject({
    stream_enabled: true,
    stream_view_type: "NEW_AND_OLD_IMAGES",
  });
  expect(granted(json)).toEqual([
    { Action: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], Resource: streamArn },
    { Action: ["dynamodb:ListStreams"], Resource: `${arn}/stream/*` },
    { Action: ["sqs:SendMessage"], Resource: queueArn },
  ]);
  expect(only(json, "aws_lambda_event_source_mapping")).toEqual({
    event_source_arn: streamArn,
    function_name: reference(json, "aws_lambda_function", "arn"),
    starting_position: "LATEST",
    batch_size: 10,
    maximum_retry_attempts: 5,
    bisect_batch_on_function_error: true,
    function_response_types: ["ReportBatchItemFailures"],
    destination_config: { on_failure: { destination_arn: queueArn } },
  });
});

test.each([
  [{ batchSize: 0 }, "batchSize must be a whole number from 1 to 10000, got 0"],
  [{ retries: -1 }, "retries must be a whole number from 0 to 10000, got -1"],
])("rejects a stream's consumer with %j", (stream, message) => {
  synthWith((stack, fn) => {
    expect(() => new Table(stack, "notes", props).addStreamConsumer(fn, stream)).toThrow(message);
  });
});

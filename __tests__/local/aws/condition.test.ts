import { conditionKeys, parseCondition } from "../../../local/aws/condition";
import { dynamodb } from "../../../local/aws/permissions/dynamodb";
import { policyDocument } from "../../../local/terraform/policy-document";

const rejected = (what: string) => new Error(`${what} is rejected`);
const met = (condition: object, keys: Record<string, unknown> = {}) =>
  parseCondition(condition, rejected)(conditionKeys(keys));

const ACCOUNT = "000000000000";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/notes`;

test.each<[string, object, Record<string, unknown>, boolean]>([
  ["StringEquals with an equal value", { StringEquals: { "s3:prefix": "a" } }, { "s3:prefix": "a" }, true],
  ["StringEquals with another case", { StringEquals: { "s3:prefix": "a" } }, { "s3:prefix": "A" }, false],
  ["one of several values", { StringEquals: { "s3:prefix": ["a", "b"] } }, { "s3:prefix": "b" }, true],
  ["an absent key", { StringEquals: { "s3:prefix": "a" } }, {}, false],
  ["an absent key, IfExists", { StringEqualsIfExists: { "s3:prefix": "a" } }, {}, true],
  ["another value, IfExists", { StringEqualsIfExists: { "s3:prefix": "a" } }, { "s3:prefix": "b" }, false],
  ["a key in another case", { StringEquals: { "S3:Prefix": "a" } }, { "s3:prefix": "a" }, true],
  ["IgnoreCase", { StringEqualsIgnoreCase: { "s3:prefix": "a" } }, { "s3:prefix": "A" }, true],
  [
    "StringNotEquals with none of the values",
    { StringNotEquals: { "s3:prefix": ["a", "b"] } },
    { "s3:prefix": "c" },
    true,
  ],
  [
    "StringNotEquals with one of the values",
    { StringNotEquals: { "s3:prefix": ["a", "b"] } },
    { "s3:prefix": "b" },
    false,
  ],
  ["StringNotEquals with an absent key", { StringNotEquals: { "aws:SourceVpc": "vpc-1" } }, {}, true],
  ["StringLike", { StringLike: { "s3:prefix": "home/*" } }, { "s3:prefix": "home/ada/" }, true],
  ["StringLike of the whole value", { StringLike: { "s3:prefix": "home" } }, { "s3:prefix": "home/" }, false],
  [
    "ArnLike",
    { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/*` } },
    { "aws:PrincipalArn": ROLE },
    true,
  ],
  [
    "ArnLike, a * within one part",
    { ArnLike: { "aws:PrincipalArn": "arn:aws:*:role/*" } },
    { "aws:PrincipalArn": ROLE },
    false,
  ],
  ["ArnNotLike", { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/a*" } }, { "aws:PrincipalArn": ROLE }, true],
  ["Bool", { Bool: { "aws:SecureTransport": "true" } }, { "aws:SecureTransport": true }, true],
  ["Bool of a JSON boolean", { Bool: { "aws:SecureTransport": false } }, { "aws:SecureTransport": true }, false],
  ["Null of an absent key", { Null: { "aws:SourceArn": "true" } }, {}, true],
  ["Null of a present key", { Null: { "s3:prefix": true } }, { "s3:prefix": "a" }, false],
  ["NumericLessThanEquals", { NumericLessThanEquals: { "s3:max-keys": "10" } }, { "s3:max-keys": "9" }, true],
  [
    "NumericLessThanEquals of a greater one",
    { NumericLessThanEquals: { "s3:max-keys": 10 } },
    { "s3:max-keys": "11" },
    false,
  ],
  [
    "two operators, one not met",
    { StringLike: { "s3:prefix": "a*" }, Null: { "s3:prefix": true } },
    { "s3:prefix": "a" },
    false,
  ],
  ["two keys, one not met", { StringEquals: { "s3:prefix": "a", "s3:delimiter": "/" } }, { "s3:prefix": "a" }, false],
  ["SourceAccount: no service calls in its name", { StringEquals: { "aws:SourceAccount": ACCOUNT } }, {}, false],
  ["no condition", {}, {}, true],
])("evaluates %s", (_, condition, keys, expected) => {
  expect(met(condition, keys)).toBe(expected);
});

test.each<[string, string[] | undefined, boolean]>([
  ["ForAllValues:StringEquals", ["a", "b"], true],
  ["ForAllValues:StringEquals", ["a", "c"], false],
  ["ForAllValues:StringEquals", undefined, true],
  ["ForAnyValue:StringEquals", ["c", "b"], true],
  ["ForAnyValue:StringEquals", ["c"], false],
  ["ForAnyValue:StringEquals", undefined, false],
  ["ForAllValues:StringNotEquals", ["c", "d"], true],
  ["ForAllValues:StringNotEquals", ["c", "a"], false],
  ["ForAnyValue:StringNotEquals", ["a", "c"], true],
  ["ForAnyValue:StringNotEquals", ["a", "b"], false],
])("evaluates %s with %j", (operator, leading, expected) => {
  expect(met({ [operator]: { "dynamodb:LeadingKeys": ["a", "b"] } }, { "dynamodb:LeadingKeys": leading })).toBe(
    expected,
  );
});

test.each([
  [{ IpAddress: { "aws:PrincipalArn": "10.0.0.0/8" } }, "condition operator IpAddress is rejected"],
  [{ StringEquals: { "aws:ResourceTag/team": "a" } }, "condition key aws:ResourceTag/team is rejected"],
  [{ StringLike: { "s3:prefix": "${aws:username}/*" } }, "policy variable ${aws:username} is rejected"],
])("rejects by name what it does not evaluate: %j", (condition, message) => {
  expect(() => met(condition)).toThrow(message);
});

describe("dynamodb:LeadingKeys", () => {
  const arns = {
    partition: "aws",
    arn: (service: string, rest: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${rest}`,
    secretArn: (name: string) => name,
    partitionKey: (_: string, index: string | undefined) => (index === undefined ? "owner" : "tag"),
  };
  const leading = (operation: string, input: Readonly<Record<string, unknown>>) =>
    dynamodb(operation, input, arns)?.map(({ action, keys }) => [action, keys?.["dynamodb:leadingkeys"]]);
  const row = { owner: { S: "ada" }, id: { S: "1" } };
  const TableName = "notes";

  test.each<[string, Record<string, unknown>, unknown]>([
    ["GetItem", { TableName, Key: row }, ["ada"]],
    ["PutItem", { TableName, Item: { ...row, owner: { N: "7" } } }, ["7"]],
    ["Scan", { TableName }, undefined],
    [
      "Query",
      {
        TableName,
        KeyConditionExpression: "#o = :o AND begins_with(id, :i)",
        ExpressionAttributeNames: { "#o": "owner" },
        ExpressionAttributeValues: { ":o": { S: "ada" }, ":i": { S: "1" } },
      },
      ["ada"],
    ],
    [
      "Query",
      {
        TableName,
        IndexName: "by-tag",
        KeyConditionExpression: "(tag=:t)",
        ExpressionAttributeValues: { ":t": { S: "red" } },
      },
      ["red"],
    ],
    [
      "Query",
      { TableName, KeyConditions: { owner: { ComparisonOperator: "EQ", AttributeValueList: [{ S: "ada" }] } } },
      ["ada"],
    ],
  ])("of %s %j", (operation, input, expected) => {
    expect(leading(operation, input)).toEqual([[`dynamodb:${operation}`, expected]]);
  });

  test("of a batch are those of every item", () => {
    const requests = [{ PutRequest: { Item: row } }, { DeleteRequest: { Key: { owner: { S: "bob" } } } }];
    expect(leading("BatchWriteItem", { RequestItems: { notes: requests } })).toEqual([
      ["dynamodb:BatchWriteItem", ["ada", "bob"]],
    ]);
    const keys = { Keys: [row, { owner: { S: "eve" } }] };
    expect(leading("BatchGetItem", { RequestItems: { notes: keys } })).toEqual([
      ["dynamodb:BatchGetItem", ["ada", "eve"]],
    ]);
  });

  test("of a transaction are those of each part", () => {
    const TransactItems = [{ Put: { TableName, Item: row } }, { Delete: { TableName, Key: { owner: { S: "bob" } } } }];
    expect(leading("TransactWriteItems", { TransactItems })).toEqual([
      ["dynamodb:PutItem", ["ada"]],
      ["dynamodb:DeleteItem", ["bob"]],
    ]);
  });
});

test("renders the conditions of a policy document's data source", () => {
  const condition = [
    { test: "StringEquals", variable: "s3:prefix", values: ["a"] },
    { test: "StringEquals", variable: "s3:delimiter", values: ["/"] },
  ];
  const document = JSON.parse(policyDocument({ statement: [{ actions: ["s3:ListBucket"], condition }, {}] }));
  expect(document.Statement.map((one: { Condition?: unknown }) => one.Condition)).toEqual([
    { StringEquals: { "s3:prefix": ["a"], "s3:delimiter": ["/"] } },
    undefined,
  ]);
});

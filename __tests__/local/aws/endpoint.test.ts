/** The endpoint for AWS as functions use it: requests signed by a role of the stack. */
import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsV4Signer } from "aws4fetch";
import { createIam } from "../../../local/aws/iam";
import { type Local, startLocal } from "../../../local/server";
import { ref, restStack, writeStack } from "../api-gateway/rest-stack";

const ACCOUNT = "000000000000";
const dynamoDb = (rest: string) => `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/${rest}`;
const statement = (Action: string | string[], Resource: string | string[], Effect = "Allow") => ({
  Effect,
  Action,
  Resource,
});

const TABLE = {
  name: "notes",
  hash_key: "owner",
  range_key: "id",
  billing_mode: "PAY_PER_REQUEST",
  attribute: ["owner", "id", "tag"].map((name) => ({ name, type: "S" })),
  global_secondary_index: [{ name: "by-tag", hash_key: "tag", range_key: "id", projection_type: "ALL" }],
};

function folderOf(table: Record<string, unknown> = TABLE): string {
  const json = restStack([{ method: "GET", path: "/one", function: "one" }]);
  Object.assign(json.resource, {
    aws_secretsmanager_secret: { key: { name: "key" } },
    aws_dynamodb_table: { notes: table, other: { ...TABLE, name: "other" } },
    aws_iam_role_policy: {
      one: {
        role: ref("aws_iam_role.role.id"),
        policy: JSON.stringify({
          Statement: [
            statement(
              ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:BatchWriteItem"],
              [dynamoDb("notes"), dynamoDb("notes/index/by-tag"), dynamoDb("locked")],
            ),
            statement("dynamodb:GetItem", dynamoDb("locked"), "Deny"),
            {
              ...statement("dynamodb:UpdateItem", dynamoDb("notes")),
              Condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["ada"] } },
            },
            statement("secretsmanager:GetSecretValue", ref("aws_secretsmanager_secret.key.arn")),
            statement("s3:PutObject", "arn:aws:s3:::uploads/in/*"),
            statement("sqs:SendMessage", `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`),
            statement("lambda:InvokeFunction", `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:one`),
          ],
        }),
      },
    },
  });
  return writeStack(json, { one: "export const handler = async (event) => ({ got: event });" });
}

const QUEUE_URL = `{"QueueUrl":"http://emulator:4566/${ACCOUNT}/jobs"}`;
const lines: string[] = [];
let local: Local;
let seen: { method: string | undefined; url: string | undefined; body: string }[] = [];
const emulator = createServer(async (req, res) => {
  let body = "";
  for await (const chunk of req) body += chunk;
  seen.push({ method: req.method, url: req.url, body });
  res.writeHead(200, { "x-from": "emulator" }).end(req.headers["x-amz-target"] ? QUEUE_URL : "emulated");
});

const start = (emulatorUrl?: string, tablesFolder?: string) =>
  startLocal({
    folder: folderOf(),
    port: 0,
    cognitoPort: 0,
    now: Date.now,
    log: (line) => lines.push(line),
    deliver: () => {},
    emulatorUrl,
    ...(tablesFolder !== undefined && { tablesFolder }),
  });

beforeAll(async () => {
  local = await start();
  await new Promise<void>((resolve) => emulator.listen(0, "127.0.0.1", resolve));
});
beforeEach(() => {
  lines.length = 0;
  seen = [];
});
afterAll(async () => {
  emulator.close();
  await local.close();
});
const emulatorUrl = () => `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`;

const roleKeys = () =>
  createIam(local.stack).roleCredentials(String(local.stack.resources("aws_iam_role")[0]?.values.arn));
const developerKeys = { accessKeyId: "AKIADEVELOPER", secretAccessKey: "any" };

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly keys?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  readonly to?: Local;
  readonly presigned?: boolean;
}

async function send(service: string, { method = "POST", path = "/", headers = {}, keys = roleKeys(), ...sent }: Sent) {
  const signer = new AwsV4Signer({
    ...keys,
    service,
    region: "eu-west-1",
    method,
    url: `${(sent.to ?? local).cognitoUrl}${path}`,
    headers,
    ...(sent.body !== undefined && { body: sent.body }),
    signQuery: sent.presigned ?? false,
  });
  const signed = await signer.sign();
  const response = await fetch(signed.url, {
    method,
    headers: signed.headers,
    ...(sent.body !== undefined && { body: sent.body }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function table(operation: string, input: object, sent: Sent = {}) {
  const headers = { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": `DynamoDB_20120810.${operation}` };
  const { status, text } = await send("dynamodb", { headers, body: JSON.stringify(input), ...sent });
  return { status, body: JSON.parse(text) as Record<string, unknown> };
}

const item = (id: string, tag = "red") => ({ owner: { S: "ada" }, id: { S: id }, tag: { S: tag } });
const denied = (action: string, resource: string) =>
  `User: arn:aws:sts::${ACCOUNT}:assumed-role/role/one is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;

test("a role writes and queries a table and its index, as its policy allows", async () => {
  for (const id of ["1", "2"]) {
    expect(await table("PutItem", { TableName: "notes", Item: item(id) })).toMatchObject({ status: 200 });
  }
  const { body } = await table("Query", {
    TableName: "notes",
    IndexName: "by-tag",
    KeyConditionExpression: "tag = :tag",
    ExpressionAttributeValues: { ":tag": { S: "red" } },
  });
  expect(body).toMatchObject({ Count: 2, Items: [item("1"), item("2")] });
  expect(lines).toContain("aws  one: dynamodb Query 200");
});

test("a condition on the leading keys opens the caller's own rows only", async () => {
  const update = (owner: string) =>
    table("UpdateItem", { TableName: "notes", Key: { owner: { S: owner }, id: { S: "3" } } });
  expect((await update("ada")).status).toBe(200);
  expect(await update("eve")).toMatchObject({
    status: 400,
    body: { message: denied("dynamodb:UpdateItem", dynamoDb("notes")) },
  });
});

test.each<[string, object, string]>([
  ["DeleteItem", { TableName: "notes", Key: {} }, denied("dynamodb:DeleteItem", dynamoDb("notes"))],
  ["GetItem", { TableName: "other", Key: {} }, denied("dynamodb:GetItem", dynamoDb("other"))],
  ["Query", { TableName: "notes", IndexName: "by-date" }, denied("dynamodb:Query", dynamoDb("notes/index/by-date"))],
  ["BatchWriteItem", { RequestItems: { notes: [], other: [] } }, denied("dynamodb:BatchWriteItem", dynamoDb("other"))],
  [
    "TransactWriteItems",
    { TransactItems: [{ Put: { TableName: "notes" } }, { Delete: { TableName: "notes" } }] },
    denied("dynamodb:DeleteItem", dynamoDb("notes")),
  ],
  ["ListTables", {}, denied("dynamodb:ListTables", "*")],
  [
    "GetItem",
    { TableName: "locked", Key: {} },
    `User: arn:aws:sts::${ACCOUNT}:assumed-role/role/one is not authorized to perform: dynamodb:GetItem on resource: ${dynamoDb("locked")} with an explicit deny in an identity-based policy`,
  ],
])("denies %s %j with IAM's text", async (operation, input, message) => {
  const { status, body } = await table(operation, input);
  expect({ status, type: body.__type, message: body.message }).toEqual({
    status: 400,
    type: "com.amazon.coral.service#AccessDeniedException",
    message,
  });
});

test.each<[string, () => Sent["keys"], string]>([
  ["another secret", () => ({ ...roleKeys(), secretAccessKey: "forged" }), "InvalidSignatureException"],
  ["another session", () => ({ ...roleKeys(), sessionToken: "forged" }), "UnrecognizedClientException"],
  ["unknown temporary keys", () => ({ ...roleKeys(), accessKeyId: "ASIAUNKNOWN" }), "UnrecognizedClientException"],
])("rejects a signature with %s", async (_, keys, type) => {
  const forged = keys();
  const { status, body } = await table("GetItem", { TableName: "notes" }, forged ? { keys: forged } : {});
  expect({ status, type: body.__type }).toEqual({ status: 400, type: `com.amazon.coral.service#${type}` });
});

test("rejects a request without a signature", async () => {
  const response = await fetch(local.cognitoUrl, {
    method: "POST",
    headers: { "X-Amz-Target": "DynamoDB_20120810.ListTables" },
    body: "{}",
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("MissingAuthenticationTokenException");
});

test("names an operation that the embedded DynamoDB does not have", async () => {
  const input = { TransactItems: [{ Put: { TableName: "notes", Item: item("3") } }] };
  const { body } = await table("TransactWriteItems", input);
  expect(body.message).toBe("TransactWriteItems is not emulated by the local DynamoDB: see docs/local-api.md");
});

test("the developer's keys may do everything", async () => {
  const { body } = await table("ListTables", {}, { keys: developerKeys });
  expect(body).toEqual({ TableNames: ["notes", "other"] });
});

test("a reload keeps rows when indexes change, and drops them with another key", async () => {
  const developer = { keys: developerKeys };
  const count = async () => (await table("Scan", { TableName: "notes" }, developer)).body.Count;
  await table("PutItem", { TableName: "notes", Item: item("kept") });
  const rows = await count();
  local.load(folderOf({ ...TABLE, attribute: TABLE.attribute.slice(0, 2), global_secondary_index: [] }));
  expect(await count()).toBe(rows);
  local.load(
    folderOf({
      ...TABLE,
      attribute: [TABLE.attribute[0], TABLE.attribute[2]],
      range_key: "tag",
      global_secondary_index: [],
    }),
  );
  expect(await count()).toBe(0);
  local.load(folderOf());
});

test("keeps rows in a folder across restarts", async () => {
  const tablesFolder = join(mkdtempSync(join(tmpdir(), "tables-")), "rows");
  const first = await start(undefined, tablesFolder);
  await table("PutItem", { TableName: "notes", Item: item("kept") }, { to: first });
  await first.close();
  const second = await start(undefined, tablesFolder);
  const { body } = await table(
    "GetItem",
    { TableName: "notes", Key: { owner: { S: "ada" }, id: { S: "kept" } } },
    { to: second },
  );
  await second.close();
  expect(body).toEqual({ Item: item("kept") });
});

describe("Lambda", () => {
  const invoke = (sent: Sent = {}) =>
    send("lambda", { path: "/2015-03-31/functions/one/invocations", body: '{"a":1}', ...sent });

  test("invokes a function of the stack", async () => {
    expect(await invoke()).toMatchObject({ status: 200, text: '{"got":{"a":1}}' });
    expect((await invoke({ headers: { "X-Amz-Invocation-Type": "Event" } })).status).toBe(202);
  });

  test("denies another function with a REST error", async () => {
    const { status, headers, text } = await invoke({ path: "/2015-03-31/functions/two/invocations" });
    expect(status).toBe(403);
    expect(headers.get("x-amzn-errortype")).toBe("AccessDeniedException");
    expect(JSON.parse(text).message).toContain("function:two");
  });
});

describe("without an emulator", () => {
  test("a service that is not served fails with the setting to make", async () => {
    const { status, text } = await send("s3", { method: "PUT", path: "/uploads/in/a.txt", body: "x" });
    expect(status).toBe(400);
    expect(text).toContain("<Code>NotEmulated</Code>");
    expect(lines).toEqual([
      "aws  one: s3 PutObject NotEmulatedException: s3 PutObject is not served locally: set AWS_EMULATOR_URL, see docs/local-api.md",
    ]);
  });
});

describe("with an emulator", () => {
  let emulated: Local;
  beforeAll(async () => {
    emulated = await start(emulatorUrl());
  });
  afterAll(() => emulated.close());
  const s3 = (method: string, path: string, sent: Sent = {}) =>
    send("s3", { method, path, to: emulated, ...(method === "PUT" && { body: "x" }), ...sent });

  test("forwards what the policy allows, with path, query and body", async () => {
    const { status, headers, text } = await s3("PUT", "/uploads/in/a%20b%2Bc.txt?x-id=PutObject");
    expect([status, headers.get("x-from"), text]).toEqual([200, "emulator", "emulated"]);
    expect(seen).toEqual([{ method: "PUT", url: "/uploads/in/a%20b%2Bc.txt?x-id=PutObject", body: "x" }]);
  });

  test.each([
    ["PUT", "/uploads/out/a.txt", "s3:PutObject", "arn:aws:s3:::uploads/out/a.txt"],
    ["GET", "/uploads/in/a.txt", "s3:GetObject", "arn:aws:s3:::uploads/in/a.txt"],
    ["GET", "/uploads?list-type=2", "s3:ListBucket", "arn:aws:s3:::uploads"],
    ["DELETE", "/uploads/in/a.txt", "s3:DeleteObject", "arn:aws:s3:::uploads/in/a.txt"],
    ["PUT", "/uploads/in/a.txt?tagging", "s3:PutObjectTagging", "arn:aws:s3:::uploads/in/a.txt"],
    ["GET", "/", "s3:ListAllMyBuckets", "*"],
  ])("denies %s %s and forwards nothing", async (method, path, action, resource) => {
    const { status, text } = await s3(method, path);
    expect(status).toBe(403);
    expect(text).toContain(`<Code>AccessDenied</Code><Message>${denied(action, resource)}</Message>`);
    expect(seen).toEqual([]);
  });

  test.each(["/uploads%2Fin%2Fa.txt", "/uploads%2F..%2Fother"])(
    "rejects %s, whose bucket hides a key",
    async (path) => {
      expect((await s3("PUT", path, { keys: developerKeys })).text).toContain("<Code>InvalidBucketName</Code>");
      expect(seen).toEqual([]);
    },
  );

  test("rejects an operation of another service than the signature's", async () => {
    const { text } = await send("sqs", {
      to: emulated,
      headers: { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "secretsmanager.GetSecretValue" },
      body: JSON.stringify({ QueueUrl: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/jobs`, SecretId: "key" }),
    });
    expect(text).toContain("InvalidSignatureException");
    expect(seen).toEqual([]);
  });

  test("checks the role of a presigned URL", async () => {
    expect((await s3("PUT", "/uploads/in/a.txt?x-id=PutObject", { presigned: true })).status).toBe(200);
    expect(seen[0]?.url).toBe("/uploads/in/a.txt?x-id=PutObject");
    expect((await s3("PUT", "/uploads/out/a.txt", { presigned: true })).status).toBe(403);
  });

  test("denies a queue that the policy does not name", async () => {
    const queue = (name: string) =>
      send("sqs", {
        to: emulated,
        headers: { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.SendMessage" },
        body: JSON.stringify({ QueueUrl: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/${name}`, MessageBody: "x" }),
      });
    const { status, text } = await queue("jobs");
    expect([status, JSON.parse(text)]).toEqual([200, { QueueUrl: `${emulated.cognitoUrl}/${ACCOUNT}/jobs` }]);
    expect((await queue("other")).text).toContain(
      `sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:${ACCOUNT}:other`,
    );
  });

  test.each([(arn: string) => arn, () => "key"])("reads a secret by its ARN or its name", async (idOf) => {
    const arn = String(emulated.stack.resources("aws_secretsmanager_secret")[0]?.values.arn);
    const { status } = await send("secretsmanager", {
      to: emulated,
      headers: { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "secretsmanager.GetSecretValue" },
      body: JSON.stringify({ SecretId: idOf(arn) }),
    });
    expect([status, seen[0]?.body]).toEqual([200, '{"SecretId":"key"}']);
  });

  test("forwards an operation that it does not know, and says that the policy was not checked", async () => {
    expect((await s3("PUT", "/uploads?policy")).status).toBe(200);
    expect(lines.at(-1)).toBe("aws  one: s3 PUT bucket 200 (resource not checked against the role's policy)");
  });

  test("denies an operation that it does not map when the policy allows it on no resource", async () => {
    const { text } = await send("ec2", {
      to: emulated,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: "Action=DescribeInstances&Version=2016-11-15",
    });
    expect(text).toContain(denied("ec2:DescribeInstances", "*"));
    expect(seen).toEqual([]);
  });
});

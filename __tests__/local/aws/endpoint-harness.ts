import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AwsV4Signer } from "aws4fetch";
import { createIam } from "../../../local/aws/iam";
import { type Local, startLocal } from "../../../local/server";
import { ref, restStack, writeStack } from "../api-gateway/rest-stack";

export const ACCOUNT = "000000000000";
export const dynamoDb = (rest: string) => `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/${rest}`;
const statement = (Action: string | string[], Resource: string | string[], Effect = "Allow") => ({
  Effect,
  Action,
  Resource,
});

const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const trust = (Principal: object) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }] });

export const TABLE = {
  name: "notes",
  hash_key: "owner",
  range_key: "id",
  billing_mode: "PAY_PER_REQUEST",
  attribute: ["owner", "id", "tag"].map((name) => ({ name, type: "S" })),
  global_secondary_index: [{ name: "by-tag", hash_key: "tag", range_key: "id", projection_type: "ALL" }],
};

export function folderOf(table: Record<string, unknown> = TABLE): string {
  const json = restStack([{ method: "GET", path: "/one", function: "one" }]);
  Object.assign(json.resource.aws_iam_role ?? {}, {
    trusting: { name: "trusting", assume_role_policy: trust({ AWS: roleArn("role") }) },
    suspicious: { name: "suspicious", assume_role_policy: trust({ Service: "lambda.amazonaws.com" }) },
  });
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
            statement("sts:AssumeRole", ["trusting", "suspicious"].map(roleArn)),
            statement("lambda:InvokeFunction", `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:one`),
          ],
        }),
      },
    },
  });
  return writeStack(json, { one: "export const handler = async (event) => ({ got: event });" });
}

export const QUEUE_URL = `{"QueueUrl":"http://emulator:4566/${ACCOUNT}/jobs"}`;
export const lines: string[] = [];
export let local: Local;
export let seen: { method: string | undefined; url: string | undefined; type: string | undefined; body: string }[] = [];
export const emulator = createServer(async (req, res) => {
  let body = "";
  for await (const chunk of req) body += chunk;
  seen.push({ method: req.method, url: req.url, type: req.headers["content-type"], body });
  res.writeHead(200, { "x-from": "emulator" }).end(req.headers["x-amz-target"] ? QUEUE_URL : "emulated");
});

export const start = (emulatorUrl?: string, tablesFolder?: string) =>
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
export const emulatorUrl = () => `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`;

export const roleKeys = () =>
  createIam(local.stack).roleCredentials(String(local.stack.resources("aws_iam_role")[0]?.values.arn));
export const developerKeys = { accessKeyId: "AKIADEVELOPER", secretAccessKey: "any" };

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly keys?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  readonly to?: Local;
  readonly presigned?: boolean;
  readonly region?: string;
  /** When it was signed: `YYYYMMDDTHHMMSSZ`. */
  readonly datetime?: string;
}

export async function send(
  service: string,
  { method = "POST", path = "/", headers = {}, keys = roleKeys(), ...sent }: Sent,
) {
  const signer = new AwsV4Signer({
    ...keys,
    service,
    region: sent.region ?? "eu-west-1",
    ...(sent.datetime !== undefined && { datetime: sent.datetime }),
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

export async function table(operation: string, input: object, sent: Sent = {}) {
  const headers = { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": `DynamoDB_20120810.${operation}` };
  const { status, text } = await send("dynamodb", { headers, body: JSON.stringify(input), ...sent });
  return { status, body: JSON.parse(text) as Record<string, unknown> };
}

export const item = (id: string, tag = "red") => ({ owner: { S: "ada" }, id: { S: id }, tag: { S: tag } });
export const denied = (action: string, resource: string) =>
  `User: arn:aws:sts::${ACCOUNT}:assumed-role/role/one is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;

/** Services that the local API does not serve: checked against the role's policy, then sent to an emulator. */
import type { Local } from "../../../local/server";
import { ACCOUNT, denied, developerKeys, emulatorUrl, lines, type Sent, seen, send, start } from "./endpoint-harness";

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
    expect(seen).toMatchObject([{ method: "PUT", url: "/uploads/in/a%20b%2Bc.txt?x-id=PutObject", body: "x" }]);
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
    expect((await s3("PUT", "/uploads?metadataTable")).status).toBe(200);
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

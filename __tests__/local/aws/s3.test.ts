/** S3 requests in every form that clients send them. */
import { createHmac } from "node:crypto";
import { request } from "node:http";
import { AwsV4Signer } from "aws4fetch";
import type { Local } from "../../../local/server";
import { denied, emulatorUrl, roleKeys, type Sent, seen, send, start } from "./endpoint-harness";

let emulated: Local;
beforeAll(async () => {
  emulated = await start(emulatorUrl());
});
afterAll(() => emulated.close());
const s3 = (method: string, path: string, sent: Sent = {}) =>
  send("s3", { method, path, to: emulated, ...(method === "PUT" && { body: "x" }), ...sent });

test.each([
  ["GET", "?policy", "s3:GetBucketPolicy"],
  ["PUT", "?policy", "s3:PutBucketPolicy"],
  ["DELETE", "?policy", "s3:DeleteBucketPolicy"],
  ["GET", "?policyStatus", "s3:GetBucketPolicyStatus"],
  ["PUT", "?cors", "s3:PutBucketCORS"],
  ["DELETE", "?cors", "s3:PutBucketCORS"],
  ["DELETE", "?encryption", "s3:PutEncryptionConfiguration"],
  ["GET", "?publicAccessBlock", "s3:GetBucketPublicAccessBlock"],
  ["GET", "?location", "s3:GetBucketLocation"],
  ["GET", "?list-type=2&prefix=in", "s3:ListBucket"],
  ["PUT", "", "s3:CreateBucket"],
  ["DELETE", "", "s3:DeleteBucket"],
])("denies %s /uploads%s as the action %s", async (method, query, action) => {
  const { text } = await s3(method, `/uploads${query}`);
  expect(text).toContain(denied(action, "arn:aws:s3:::uploads"));
  expect(seen).toEqual([]);
});

test.each([
  ["x-amz-tagging", "a=b", "s3:PutObjectTagging"],
  ["x-amz-acl", "public-read", "s3:PutObjectAcl"],
  ["x-amz-grant-read", "id=1", "s3:PutObjectAcl"],
  ["x-amz-object-lock-mode", "GOVERNANCE", "s3:PutObjectRetention"],
])("an upload with the header %s: %s needs the action %s, too", async (name, value, action) => {
  const { text } = await s3("PUT", "/uploads/in/a.txt", { headers: { [name]: value } });
  expect(text).toContain(denied(action, "arn:aws:s3:::uploads/in/a.txt"));
});

test("an upload that curl labels as a form reaches the emulator as bytes", async () => {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  expect((await s3("PUT", "/uploads/in/a.txt", { headers })).status).toBe(200);
  expect(seen[0]?.type).toBe("binary/octet-stream");
});

test("dots in a key reach the emulator as they were checked", async () => {
  const { port } = new URL(emulated.cognitoUrl);
  const path = "/uploads/in/../out/a.txt";
  const signer = new AwsV4Signer({
    ...roleKeys(),
    service: "s3",
    region: "eu-west-1",
    method: "PUT",
    url: `${emulated.cognitoUrl}/uploads`,
    headers: { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
  });
  signer.encodedPath = path;
  const { headers } = await signer.sign();
  const status = await new Promise((resolve, reject) => {
    const outgoing = request(
      { host: "127.0.0.1", port, path, method: "PUT", headers: Object.fromEntries(headers) },
      ({ statusCode }) => resolve(statusCode),
    );
    outgoing.on("error", reject).end();
  });
  expect([status, seen[0]?.url]).toEqual([200, path]);
});

describe("checksums", () => {
  const crc32 = (checksum: string) => ({ headers: { "x-amz-checksum-crc32": checksum } });

  test("an upload that matches its checksum is forwarded", async () => {
    expect((await s3("PUT", "/uploads/in/a.txt", crc32("jNwWgw=="))).status).toBe(200);
  });

  test.each([
    ["crc32", "AAAAAA=="],
    ["sha1", "qvTGHdzF6KLavt4PO0gs2a6pQ00="],
    ["sha256", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="],
  ])("rejects an upload that does not match its %s", async (algorithm, checksum) => {
    const { status, text } = await s3("PUT", "/uploads/in/a.txt", {
      headers: { [`x-amz-checksum-${algorithm}`]: checksum },
    });
    expect(status).toBe(400);
    expect(text).toContain(
      `<Code>BadDigest</Code><Message>The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
    );
    expect(seen).toEqual([]);
  });

  test("rejects an upload to a URL that was presigned with the checksum of an empty body", async () => {
    const { text } = await s3("PUT", "/uploads/in/a.txt?x-amz-checksum-crc32=AAAAAA%3D%3D", { presigned: true });
    expect(text).toContain("<Code>BadDigest</Code>");
  });
});

test.each([
  ["PUT", "/uploads/in/a.txt"],
  ["GET", "/uploads/in/a.txt"],
  ["DELETE", "/uploads"],
])("rejects an unsigned %s %s as S3 does", async (method, path) => {
  const response = await fetch(`${emulated.cognitoUrl}${path}`, { method });
  expect([response.status, await response.text()]).toEqual([403, expect.stringContaining("<Code>AccessDenied</Code>")]);
  expect(seen).toEqual([]);
});

test("rejects a URL that was presigned by signature version 2", async () => {
  const url = `${emulated.cognitoUrl}/uploads/in/a.txt?AWSAccessKeyId=ASIA&Signature=x&Expires=1`;
  expect(await (await fetch(url)).text()).toContain("Please use AWS4-HMAC-SHA256");
});

describe("an upload by form", () => {
  const date = new Date().toISOString().slice(0, 10).replaceAll("-", "");
  const scope = `${date}/eu-west-1/s3/aws4_request`;
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

  /** A form as `createPresignedPost` of the AWS SDK makes it. */
  function formOf(fields: Record<string, string>, conditions: unknown[], expiresSeconds = 60): FormData {
    const { accessKeyId, secretAccessKey, sessionToken } = roleKeys();
    const all: Record<string, string> = {
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Credential": `${accessKeyId}/${scope}`,
      "X-Amz-Date": `${date}T000000Z`,
      "X-Amz-Security-Token": sessionToken,
      ...fields,
    };
    const signed = Object.entries(all).filter(([name]) => name.startsWith("X-Amz-"));
    const policy = Buffer.from(
      JSON.stringify({
        expiration: new Date(Date.now() + expiresSeconds * 1000).toISOString(),
        conditions: [{ bucket: "uploads" }, ...conditions, ...signed.map(([name, value]) => ({ [name]: value }))],
      }),
    ).toString("base64");
    const key = [date, "eu-west-1", "s3", "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...all, Policy: policy })) form.set(name, value);
    form.set("X-Amz-Signature", hmac(key, policy).toString("hex"));
    form.set("file", new Blob(["content"]), "photo.jpg");
    return form;
  }
  async function post(form: FormData, bucket = "uploads") {
    const response = await fetch(`${emulated.cognitoUrl}/${bucket}`, { method: "POST", body: form });
    return { status: response.status, text: await response.text() };
  }
  const inFolder = ["starts-with", "$key", "in/"];

  test("reaches the bucket when policy and role allow it", async () => {
    const form = formOf({ key: "in/${filename}" }, [inFolder, ["content-length-range", 1, 7]]);
    expect((await post(form)).status).toBe(200);
    expect(seen).toMatchObject([{ method: "POST", url: "/uploads", body: expect.stringContaining("content") }]);
  });

  test.each<[string, () => FormData, string]>([
    ["to a key that the policy excludes", () => formOf({ key: "out/a" }, [inFolder]), "Policy Condition failed"],
    [
      "to a key that the role may not write",
      () => formOf({ key: "out/a" }, [["starts-with", "$key", ""]]),
      denied("s3:PutObject", "arn:aws:s3:::uploads/out/a"),
    ],
    [
      "of 7 bytes, at most 6",
      () => formOf({ key: "in/a" }, [inFolder, ["content-length-range", 0, 6]]),
      "EntityTooLarge",
    ],
    [
      "of 7 bytes, at least 8",
      () => formOf({ key: "in/a" }, [inFolder, ["content-length-range", 8, 9]]),
      "EntityTooSmall",
    ],
    ["after the policy's expiration", () => formOf({ key: "in/a" }, [inFolder], -1), "Policy expired"],
    [
      "with a field that the policy lacks",
      () => formOf({ key: "in/a", acl: "private" }, [inFolder]),
      "Extra input fields: acl",
    ],
  ])("is rejected %s", async (_, form, reason) => {
    expect((await post(form())).text).toContain(reason);
    expect(seen).toEqual([]);
  });

  test("is rejected to another bucket than the policy's", async () => {
    expect((await post(formOf({ key: "in/a" }, [inFolder]), "others")).text).toContain("Policy Condition failed");
  });

  test("is rejected when somebody changed the policy", async () => {
    const form = formOf({ key: "in/a" }, [inFolder]);
    form.set("Policy", String(formOf({ key: "in/a" }, []).get("Policy")));
    expect((await post(form)).text).toContain("<Code>SignatureDoesNotMatch</Code>");
  });
});

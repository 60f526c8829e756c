import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { createIam } from "../../../local/aws/iam";
import { removeUnpacked } from "../../../local/lambda/function-code";
import { createFunctions } from "../../../local/lambda/functions";
import { readStack } from "../../../local/terraform/read-stack";
import { ref, restStack, writeStack } from "../api-gateway/rest-stack";

afterEach(removeUnpacked);

/** A zip archive of these files. */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const data = deflateRawSync(text);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(Buffer.byteLength(text), 18);
    shared.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(Buffer.concat(locals).length, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), shared, entry, name]));
    locals.push(Buffer.concat([Buffer.from("PK\x03\x04"), shared, name, data]));
  }
  const [body, index] = [Buffer.concat(locals), Buffer.concat(directory)];
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, index, end]);
}

const CODE = 'exports.handler = async () => require("./lib/answer");';
const ARCHIVE = { "index.js": CODE, "lib/answer.js": 'module.exports = "yes";' };

/** What a function returns whose code these attributes name. */
async function result(values: object, files: Readonly<Record<string, string | Buffer>> = {}, more: object = {}) {
  const json = restStack([{ method: "GET", path: "/one", function: "one" }]);
  const body = json.resource["aws_lambda_function"]?.["one"] ?? {};
  delete body["filename"];
  Object.assign(body, values);
  Object.assign(json.resource, more);
  const folder = writeStack({ ...json, data: { ...json.data, archive_file: {}, ...(more as { data?: object }).data } });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const stack = readStack(folder);
  const functions = createFunctions({ stack, iam: createIam(stack), environment: () => ({}), log: () => {} });
  try {
    return await functions.invoke("one", "{}");
  } finally {
    await functions.close();
  }
}

test("runs an archive that lies beside the stack, as TerraformAsset writes it", async () => {
  const filename = "assets/code/0123/archive.zip";
  expect(await result({ filename }, { [filename]: zip(ARCHIVE) })).toEqual({ payload: '"yes"' });
});

test("runs an archive that an object of a bucket uploads", async () => {
  const aws_s3_object = { code: { bucket: "b", key: "k.zip", source: "archive.zip" } };
  const values = { s3_bucket: ref("aws_s3_object.code.bucket"), s3_key: ref("aws_s3_object.code.key") };
  expect(await result(values, { "archive.zip": zip(ARCHIVE) }, { aws_s3_object })).toEqual({ payload: '"yes"' });
  await expect(result({ s3_bucket: "b", s3_key: "other" }, {}, { aws_s3_object })).rejects.toThrow(
    /^aws_lambda_function\.one: no aws_s3_object of cdk\.tf\.json is s3:\/\/b\/other$/,
  );
});

const archive = (values: object) => ({
  data: { archive_file: { code: { type: "zip", output_path: "code.zip", ...values } } },
});
const filename = ref("data.archive_file.code.output_path");

test("runs the one file of an archive_file, and no other file beside it", async () => {
  const files = { "src/index.mjs": "export const handler = async () => 1;", "src/other.mjs": "" };
  const more = archive({ source_file: "src/index.mjs" });
  expect(await result({ filename }, files, more)).toEqual({ payload: "1" });
  await expect(result({ filename, handler: "other.handler" }, files, more)).rejects.toThrow(
    "no file for handler other.handler in the bundle, which holds index.mjs",
  );
});

test("runs an archive_file whose content stands in the stack", async () => {
  const source = [{ filename: "index.mjs", content: "export const handler = async () => 2;" }];
  expect(await result({ filename }, {}, archive({ source }))).toEqual({ payload: "2" });
  const values = { source_content_filename: "index.mjs", source_content: "export const handler = async () => 3;" };
  expect(await result({ filename }, {}, archive(values))).toEqual({ payload: "3" });
});

test.each<[string, Buffer, RegExp]>([
  ["no archive", Buffer.from("PK?"), /its archive cannot be read: the file is no zip archive$/],
  ["a cut archive", zip(ARCHIVE).subarray(40), /its archive cannot be read/],
  ["a file outside of the archive", zip({ "../evil.js": "" }), /holds "\.\.\/evil\.js", outside of itself$/],
  ["no handler", zip({ "a.js": "" }), /no file for handler index\.handler in the bundle, which holds a\.js$/],
])("rejects %s in one line", async (_, content, message) => {
  await expect(result({ filename: "x.zip" }, { "x.zip": content })).rejects.toThrow(message);
  expect(existsSync("/tmp/evil.js")).toBe(false);
});

test.each([
  [{ runtime: "python3.13" }, /runtime python3\.13 is not served locally$/],
  [{ package_type: "Image", image_uri: "x" }, /(package_type|image_uri) is not served locally$/],
])("rejects %j by name", async (values, message) => {
  await expect(result({ filename: "x.zip", ...values }, { "x.zip": zip(ARCHIVE) })).rejects.toThrow(message);
});

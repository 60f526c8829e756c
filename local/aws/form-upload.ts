/** Uploads by a page's form with a signed policy: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html */
import { AwsError } from "./aws-error";
import type { AwsRequest } from "./aws-request";
import { accessDenied } from "./error-response";
import type { Iam, Principal } from "./iam";
import { CREDENTIAL, type Signature, signer } from "./signature";

export interface FormUpload {
  readonly signature: Signature;
  readonly bucket: string;
  readonly key: string;
  /** Base64, as signed. */
  readonly policy: string;
  /** Names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly sizeBytes: number;
}

/** @returns undefined for a request that is no such upload */
export async function readFormUpload({ method, path, headers, body }: AwsRequest): Promise<FormUpload | undefined> {
  const type = headers["content-type"] ?? "";
  if (method !== "POST" || !type.startsWith("multipart/form-data")) return undefined;
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } })
    .formData()
    .catch(() => undefined);
  if (!form)
    throw new AwsError("MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.");
  const fields = new Map(
    [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name.toLowerCase(), value]] : [])),
  );
  const file = form.get("file");
  if (file === null || typeof file === "string") {
    throw new AwsError("InvalidArgument", "POST requires exactly one file upload per request.");
  }
  const [, accessKeyId = "", date = "", region = "", service = ""] =
    CREDENTIAL.exec(fields.get("x-amz-credential") ?? "") ?? [];
  if (accessKeyId === "") throw accessDenied("Access Denied");
  const signature: Signature = {
    accessKeyId,
    date,
    region,
    service,
    signedHeaders: ["host"],
    value: fields.get("x-amz-signature") ?? "",
    timestamp: fields.get("x-amz-date") ?? "",
    sessionToken: fields.get("x-amz-security-token"),
    expiresSeconds: Number.MAX_SAFE_INTEGER, // the policy has its own expiration
  };
  const key = (fields.get("key") ?? "").replaceAll("${filename}", file.name);
  const bucket = decodeURIComponent(path.split("/")[1] ?? "");
  return { signature, bucket, key, policy: fields.get("policy") ?? "", fields, sizeBytes: file.size };
}

/**
 * The role that signed the policy; undefined for the developer.
 * @throws AwsError for a wrong signature, an expired policy, or a field that it does not allow
 */
export function authenticateForm(form: FormUpload, iam: Iam, now: number): Principal | undefined {
  const principal = signer(form.signature, () => form.policy, iam, now);
  const { expiration, conditions } = parsePolicy(form.policy);
  if (!(now < Date.parse(expiration))) throw accessDenied("Invalid according to Policy: Policy expired.");
  const allowed = new Set<string>();
  for (const condition of conditions) {
    const failed = check(condition, form, allowed);
    if (failed) throw failed;
  }
  const free = /^(policy|file|x-amz-signature|x-ignore-.*)$/;
  const extra = [...form.fields.keys()].find((name) => !free.test(name) && !allowed.has(name));
  if (extra) throw accessDenied(`Invalid according to Policy: Extra input fields: ${extra}`);
  return principal;
}

type Condition = readonly unknown[] | Readonly<Record<string, unknown>>;

function parsePolicy(policy: string): { readonly expiration: string; readonly conditions: readonly Condition[] } {
  try {
    const { expiration, conditions } = JSON.parse(Buffer.from(policy, "base64").toString());
    if (typeof expiration === "string" && Array.isArray(conditions)) return { expiration, conditions };
  } catch {
    // rejected below
  }
  throw new AwsError("InvalidPolicyDocument", "Invalid Policy: Invalid JSON.");
}

/** @param allowed receives the field that the condition is about */
function check(
  condition: Condition,
  { fields, bucket, key, sizeBytes }: FormUpload,
  allowed: Set<string>,
): AwsError | undefined {
  const failure = accessDenied(`Invalid according to Policy: Policy Condition failed: ${JSON.stringify(condition)}`);
  const rules = Array.isArray(condition)
    ? [condition]
    : Object.entries(condition).map(([name, value]) => ["eq", `$${name}`, value]);
  for (const [operator, subject, value] of rules) {
    if (operator === "content-length-range") {
      if (sizeBytes < Number(subject))
        return new AwsError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
      if (sizeBytes > Number(value))
        return new AwsError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
      continue;
    }
    const name = String(subject).replace(/^\$/, "").toLowerCase();
    allowed.add(name);
    const actual = name === "bucket" ? bucket : name === "key" ? key : fields.get(name);
    const isMet =
      operator === "starts-with" ? actual?.startsWith(String(value)) : operator === "eq" && actual === String(value);
    if (!isMet) return failure;
  }
  return undefined;
}

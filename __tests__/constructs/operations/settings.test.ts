/** KMS_KEY_ARN on what it encrypts, and settings of operations that do not fit each other. */
import { readConfig } from "../../../config";
import { resources, synthStack } from "../../support/synth";

const KMS_KEY_ARN = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const CERTIFICATE_ARN = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd";

test.each(["rest", "http"])("KMS_KEY_ARN encrypts every log, environment and table of API_TYPE=%s", (API_TYPE) => {
  const json = synthStack({ API_TYPE, KMS_KEY_ARN, ...(API_TYPE === "rest" && { WAF: "true" }) });
  const keys = (type: string, argument: string) => new Set(resources(json, type).map((values) => values[argument]));
  expect(keys("aws_cloudwatch_log_group", "kms_key_id")).toEqual(new Set([KMS_KEY_ARN]));
  expect(keys("aws_lambda_function", "kms_key_arn")).toEqual(new Set([KMS_KEY_ARN]));
  expect(resources(json, "aws_dynamodb_table").map((table) => table.server_side_encryption)).toEqual([
    { enabled: true, kms_key_arn: KMS_KEY_ARN },
  ]);
});

test("without KMS_KEY_ARN nothing names a key", () => {
  expect(JSON.stringify(synthStack())).not.toMatch(/kms_key|server_side_encryption/);
});

test.each([
  ["a firewall in front of an HTTP API", { WAF: "true", API_TYPE: "http" }, "WAF must be false with API_TYPE=http"],
  ["a key of another region", { KMS_KEY_ARN, AWS_REGION: "eu-west-1" }, "KMS_KEY_ARN must be of AWS_REGION eu-west-1"],
  [
    "a certificate of another region",
    { DOMAIN_NAME: "a.example.com", CERTIFICATE_ARN, AWS_REGION: "eu-west-1" },
    "CERTIFICATE_ARN must be of AWS_REGION eu-west-1",
  ],
  ["a domain without certificate and zone", { DOMAIN_NAME: "a.example.com" }, "CERTIFICATE_ARN or HOSTED_ZONE_ID"],
  ["a certificate without a domain", { CERTIFICATE_ARN }, "DOMAIN_NAME must be set with CERTIFICATE_ARN"],
  ["a zone without a domain", { HOSTED_ZONE_ID: "Z0123456789ABC" }, "DOMAIN_NAME must be set with HOSTED_ZONE_ID"],
  ["a base path without a domain", { DOMAIN_BASE_PATH: "v1" }, "DOMAIN_NAME must be set with DOMAIN_BASE_PATH"],
])("rejects %s", (_, settings, message) => {
  expect(() => readConfig(settings)).toThrow(message);
});

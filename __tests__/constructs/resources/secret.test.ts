import { Secret, type SecretProps } from "../../../constructs/resources/secret";
import { only, synthScope } from "../../support/synth";
import { granted, reference, synthWith, variables } from "./support";

const synthSecret = (changes: Partial<SecretProps> = {}) =>
  synthScope((stack) => new Secret(stack, "stripe", { name: "dev-stripe", ...changes }));

test("a secret has no value in Terraform, can be restored, and cannot be deleted", () => {
  const json = synthSecret({ description: "API key of the payment service" });
  expect(Object.keys(json.resource)).toEqual(["aws_secretsmanager_secret"]);
  expect(only(json, "aws_secretsmanager_secret")).toEqual({
    name: "dev-stripe",
    description: "API key of the payment service",
    recovery_window_in_days: 30,
    lifecycle: { prevent_destroy: true },
  });
});

test("without protection it is deleted at once, so that its name is free", () => {
  const secret = only(synthSecret({ protect: false }), "aws_secretsmanager_secret");
  expect([secret.recovery_window_in_days, secret.lifecycle]).toEqual([0, undefined]);
});

test("grantRead allows to read the value, and gives the ARN", () => {
  const json = synthWith((stack, fn) => new Secret(stack, "stripe", { name: "dev-stripe" }).grantRead(fn));
  const arn = reference(json, "aws_secretsmanager_secret", "arn");
  expect(granted(json)).toEqual([{ Action: ["secretsmanager:GetSecretValue"], Resource: arn }]);
  expect(variables(json)).toEqual({ STRIPE_SECRET_ARN: arn });
});

test("a key of your own encrypts the secret, and who may read it may use the key", () => {
  const kmsKeyArn = "arn:aws:kms:us-east-1:1:key/a";
  const json = synthWith((stack, fn) => new Secret(stack, "stripe", { name: "dev-stripe", kmsKeyArn }).grantRead(fn));
  expect(only(json, "aws_secretsmanager_secret").kms_key_id).toBe(kmsKeyArn);
  expect(granted(json)).toContainEqual({ Action: ["kms:Decrypt"], Resource: kmsKeyArn });
});

test.each<[Partial<SecretProps>, string]>([
  [{ name: "a b" }, 'got "a b"'],
  [{ recoveryDays: 6 }, "recoveryDays must be a whole number from 7 to 30, got 6"],
])("rejects %j", (changes, message) => {
  expect(() => synthSecret(changes)).toThrow(message);
});

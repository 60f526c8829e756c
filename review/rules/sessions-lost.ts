/** People who are signed in and will not be, and keys that stop fitting. */
import { isOther, turnsOff } from "../plan/compare";
import type { Plan } from "../plan/plan";
import { isEmpty, own, same } from "../plan/value";
import { ENDED, type Finding, looks, place, type Rule, stays, unknowable, unknownFinding } from "./rule";
import { anyOf, onChange, onDestroy, onEnd } from "./searches";

const CLIENT = "aws_cognito_user_pool_client";

/** Where keys and secrets come from, and the attribute that holds them. */
const keys: Readonly<Record<string, string>> = {
  aws_api_gateway_api_key: "value",
  aws_secretsmanager_secret_version: "secret_string",
  aws_ssm_parameter: "value",
  random_password: "result",
  random_id: "hex",
  random_bytes: "hex",
  tls_private_key: "private_key_pem",
};

export const sessionsLost: readonly Rule[] = [
  {
    kind: "sessions-lost",
    reason: "The client secret changes: requests hashed with the old one are rejected.",
    advice: "Make a second client with a new secret, move the apps, then remove the old one.",
    looksAt: looks([CLIENT], "client_secret"),
    find: (plan) =>
      plan.ofType(CLIENT).flatMap((change) => {
        if (change.verb !== "update" || same(own(change.before, "client_secret"), own(change.after, "client_secret"))) {
          return [];
        }
        if (own(change.after, "client_secret") !== undefined) return [place(change, "client_secret")];
        return unknowable(plan, change, "client_secret") ? [unknownFinding(change, "client_secret")] : [];
      }),
  },
  {
    kind: "sessions-lost",
    reason: "Key material changes: data signed or encrypted with the old key is rejected.",
    advice: "Keep the old key valid until it is unused.",
    looksAt: Object.fromEntries(Object.entries(keys).map(([type, attribute]) => [type, [attribute, ENDED]])),
    find: keyMaterial,
  },
  {
    kind: "sessions-lost",
    reason: "The key stops working: what signs, encrypts or decrypts with it fails.",
    advice: "Give everything that uses the key another one first.",
    ...anyOf(
      onEnd("aws_kms_key", "aws_kms_replica_key"),
      onChange(["aws_kms_key", "aws_kms_external_key"], ["is_enabled", "enabled"], turnsOff),
      onDestroy("aws_kms_alias", "aws_kms_grant"),
      onChange("aws_kms_alias", "target_key_id", isOther),
    ),
  },
  {
    kind: "sessions-lost",
    severity: "low",
    reason: "Automatic rotation is off: all data stays encrypted with the same key material.",
    advice: "Keep enable_key_rotation = true.",
    ...onChange("aws_kms_key", "enable_key_rotation", turnsOff),
  },
  {
    kind: "sessions-lost",
    reason: "The secret is no longer rotated, or another function rotates it.",
    advice: "Keep the rotation, or confirm who rotates the secret.",
    ...anyOf(
      onDestroy("aws_secretsmanager_secret_rotation"),
      onChange("aws_secretsmanager_secret_rotation", "rotation_lambda_arn", isOther),
    ),
  },
  {
    kind: "sessions-lost",
    reason: "Without token revocation a sign-out ends nothing: a stolen refresh token goes on working.",
    advice: "Keep enable_token_revocation = true.",
    ...onChange(CLIENT, "enable_token_revocation", turnsOff),
  },
];

function keyMaterial(plan: Plan): Finding[] {
  return plan.ofType(...Object.keys(keys)).flatMap((change) => {
    const attribute = keys[change.type];
    if (attribute === undefined || !change.before || change.verb === "keep" || change.verb === "forget") return [];
    if (change.type === "aws_ssm_parameter" && own(change.before, "type") !== "SecureString") return [];
    if (!stays(change) || change.verb === "replace") return [place(change, attribute)];
    if (unknowable(plan, change, attribute)) return [unknownFinding(change, attribute)];
    const [before, after] = [own(change.before, attribute), own(change.after, attribute)];
    return isEmpty(after) || same(before, after) ? [] : [place(change, attribute)];
  });
}

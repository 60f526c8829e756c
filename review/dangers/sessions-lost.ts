/** People who are signed in and will not be, and keys that stop fitting. */
import type { Plan } from "../plan/plan";
import { isEmpty, own, same } from "../plan/value";
import { type Danger, ended, type Finding, place, stays, unknowable, unknownFinding, weakened } from "./danger";

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

export const sessionsLost: readonly Danger[] = [
  {
    kind: "sessions-lost",
    reason: "The client secret changes: requests hashed with the old one are rejected.",
    advice: "Make a second client with a new secret, move the apps, then remove the old one.",
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
    find: keyMaterial,
  },
  {
    kind: "sessions-lost",
    reason: "A key is scheduled for deletion: what it encrypted can never be read again.",
    advice: "Disable the key first and wait; deleting can come later.",
    find: ended("aws_kms_key"),
  },
  {
    kind: "sessions-lost",
    reason: "Without token revocation a sign-out ends nothing: a stolen refresh token goes on working.",
    advice: "Keep enable_token_revocation = true.",
    find: weakened({
      types: [CLIENT],
      attribute: "enable_token_revocation",
      worse: (before, after) => before === true && after !== true,
    }),
  },
];

function keyMaterial(plan: Plan): Finding[] {
  return plan.ofType(...Object.keys(keys)).flatMap((change) => {
    const attribute = keys[change.type];
    if (attribute === undefined || !change.before || change.verb === "keep" || change.verb === "forget") return [];
    if (!stays(change) || change.verb === "replace") return [place(change, attribute)];
    if (unknowable(plan, change, attribute)) return [unknownFinding(change, attribute)];
    const [before, after] = [own(change.before, attribute), own(change.after, attribute)];
    return isEmpty(after) || same(before, after) ? [] : [place(change, attribute)];
  });
}

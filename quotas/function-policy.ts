/** Size of a function's resource-based policy, in which Lambda writes one statement per permission. */
import type { KnownText, Values } from "./known-text";

/** Bytes of a policy before its first statement. */
export const EMPTY_POLICY_BYTES = JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: [] }).length;

/** Terraform's suffix of a statement without an id: 18 digits of time, 8 of a counter. */
const UNIQUE = "0".repeat(26);

/** @param permission an `aws_lambda_permission` */
export function statementBytes(permission: Values, text: KnownText): number {
  const given = (name: string) => text.least(permission[name]);
  const [principal, sourceArn, sourceAccount] = [given("principal"), given("source_arn"), given("source_account")];
  const statement = {
    Sid: given("statement_id") || `${given("statement_id_prefix") || "terraform-"}${UNIQUE}`,
    Effect: "Allow",
    Principal: principal.includes(".amazonaws.") ? { Service: principal } : { AWS: principal },
    Action: given("action"),
    Resource: [text.functionArn(given("function_name")), given("qualifier")].filter(Boolean).join(":"),
    ...((sourceArn || sourceAccount) && {
      Condition: {
        ...(sourceAccount && { StringEquals: { "AWS:SourceAccount": sourceAccount } }),
        ...(sourceArn && { ArnLike: { "AWS:SourceArn": sourceArn } }),
      },
    }),
  };
  return Buffer.byteLength(JSON.stringify(statement));
}

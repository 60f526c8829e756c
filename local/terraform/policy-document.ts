/** The JSON that `data.aws_iam_policy_document` renders from its statements (actions and resources; no conditions). */
import type { JsonObject } from "./json";
export function policyDocument(values: JsonObject): string {
  const statements = [values.statement ?? []].flat() as JsonObject[];
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({
      Effect: statement.effect ?? "Allow",
      Action: statement.actions,
      NotAction: statement.not_actions,
      Resource: statement.resources,
      NotResource: statement.not_resources,
      Condition: statement.condition,
    })),
  });
}

/** The JSON that `data.aws_iam_policy_document` renders from its statements. */
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
      Condition: condition([statement.condition ?? []].flat() as JsonObject[]),
    })),
  });
}

/** Blocks with the same operator share an object: `{"StringEquals": {"aws:SourceAccount": ["1"], ...}}` */
function condition(blocks: readonly JsonObject[]) {
  const operators: Record<string, JsonObject> = {};
  for (const { test, variable, values } of blocks) {
    operators[String(test)] = { ...operators[String(test)], [String(variable)]: values };
  }
  return blocks.length > 0 ? operators : undefined;
}

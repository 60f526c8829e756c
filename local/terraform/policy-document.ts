/** The JSON that `data.aws_iam_policy_document` renders from its statements. */
import { type JsonObject, nested } from "./json";
import { StackError } from "./stack-error";

export function policyDocument(values: JsonObject): string {
  const own = ([values.statement ?? []].flat() as JsonObject[]).map(rendered);
  const merged = [...statementsOf(values.source_policy_documents), ...own];
  const overrides = statementsOf(values.override_policy_documents);
  const kept = merged.filter(({ Sid }) => Sid === undefined || !overrides.some((one) => one.Sid === Sid));
  return JSON.stringify({ Version: "2012-10-17", Statement: [...kept, ...overrides] });
}

function rendered(statement: JsonObject): JsonObject {
  return {
    Sid: statement.sid,
    Effect: statement.effect ?? "Allow",
    Action: statement.actions,
    NotAction: statement.not_actions,
    Resource: statement.resources,
    NotResource: statement.not_resources,
    Condition: condition([statement.condition ?? []].flat() as JsonObject[]),
  };
}

/** The statements of documents that are merged in: a later one replaces those before it with the same `Sid`. */
function statementsOf(documents: unknown): JsonObject[] {
  const all = [documents ?? []].flat().flatMap((document) => {
    try {
      return [nested(JSON.parse(String(document)))?.Statement ?? []].flat() as JsonObject[];
    } catch {
      throw new StackError("data.aws_iam_policy_document: a document that is merged in is not valid JSON");
    }
  });
  return all.filter(({ Sid }, at) => Sid === undefined || !all.slice(at + 1).some((one) => one.Sid === Sid));
}

/** Blocks with the same operator share an object: `{"StringEquals": {"aws:SourceAccount": ["1"], ...}}` */
function condition(blocks: readonly JsonObject[]) {
  const operators: Record<string, JsonObject> = {};
  for (const { test, variable, values } of blocks) {
    operators[String(test)] = { ...operators[String(test)], [String(variable)]: values };
  }
  return blocks.length > 0 ? operators : undefined;
}

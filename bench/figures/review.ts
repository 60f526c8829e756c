/** Reading, reviewing and rendering a plan. */
import { createHash } from "node:crypto";
import { readPlan } from "../../review/plan/read-plan";
import { renderMarkdown } from "../../review/render/markdown";
import { review as judge } from "../../review/report";
import type { Figure, Row } from "../figure";
import { interleaved } from "../measure";

/** The most milliseconds for so many changes. */
const LIMITS = [
  { size: 50, most: 3 },
  { size: 5000, most: 120 },
];
const kinds = ["aws_lambda_function", "aws_iam_role", "aws_iam_role_policy", "aws_api_gateway_method"];

/** A plan in the format of `terraform show -json`: functions, roles and policies of a large API, all updated in place. */
function planOf(changes: number): string {
  const values = (index: number, version: string) => ({
    function_name: `thing-${index}`,
    name: `thing-${index - (index % kinds.length)}`,
    role: `thing-${index - (index % kinds.length)}`,
    source_code_hash: createHash("sha256").update(`${version}${index}`).digest("base64"),
    environment: [{ variables: { USER_POOL_ID: "us-east-1_AbCdEfGhI", STAGE: "prod" } }],
    policy: JSON.stringify({
      Statement: [{ Effect: "Allow", Action: ["logs:PutLogEvents"], Resource: `arn:${index}` }],
    }),
    authorization: "COGNITO_USER_POOLS",
    authorizer_id: "abc123",
    tags_all: { Project: "cognito-api", Stage: "prod" },
  });
  const resources = Array.from({ length: changes }, (_, index) => {
    const type = kinds[index % kinds.length] ?? "";
    const change = {
      actions: ["update"],
      before: values(index, "old"),
      after: values(index, "new"),
      after_unknown: { last_modified: true },
      before_sensitive: {},
      after_sensitive: {},
    };
    return { address: `${type}.thing_${index}`, mode: "managed", type, name: `thing_${index}`, change };
  });
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    complete: true,
    errored: false,
    planned_values: { root_module: {} },
    resource_changes: resources,
    configuration: { root_module: {} },
  });
}

const timed = (work: () => unknown) => async () => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

export const review: Figure = {
  name: "review",
  async measure() {
    const rows: Row[] = [];
    for (const { size, most } of LIMITS) {
      const text = planOf(size);
      const time = await interleaved({
        own: timed(() => renderMarkdown(judge(readPlan(text), []))),
      });
      rows.push({
        what: `review of a plan with ${size} changes`,
        unit: "ms",
        value: time.own,
        target: { most },
      });
    }
    return rows;
  },
};

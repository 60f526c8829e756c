import { renderSarif } from "../../review/render/sarif";
import { review } from "../../review/report";
import { created, destroyed, kept, planOf } from "./support/plan";

const pool = { id: "p", name: "shop", deletion_protection: "INACTIVE" };
const resources = [
  destroyed("aws_cognito_user_pool.p", pool),
  kept("aws_cognito_user_pool.q", { ...pool, id: "q" }),
  created('aws_vpc.v["a \u001b b"]', {}),
];
const sarif = (allowances: Parameters<typeof review>[1] = []) =>
  JSON.parse(renderSarif(review(planOf(resources), allowances), "cdktf.out/stacks/dev/plan.json"));

test("has what the SARIF 2.1.0 schema requires, and what GitHub reads", () => {
  const log = sarif();
  expect(log).toMatchObject({ version: "2.1.0", runs: [{ tool: { driver: { name: "plan-review" } } }] });
  const [run] = log.runs;
  expect(run.results).toHaveLength(3);
  for (const result of run.results) {
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(["none", "note", "warning", "error"]).toContain(result.level);
    expect(["new", "unchanged"]).toContain(result.baselineState);
    expect(result.message.text).not.toMatch(/\p{Cc}/u);
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe("cdktf.out/stacks/dev/plan.json");
    expect(result.partialFingerprints["planReview/v1"]).toMatch(/^[0-9a-f]{64}$/);
  }
});

test("tells a danger, what was so before, and what is not judged apart", () => {
  expect(sarif().runs[0].results).toMatchObject([
    { ruleId: "users-lost", level: "error", baselineState: "new" },
    { ruleId: "users-lost", level: "note", baselineState: "unchanged" },
    { ruleId: "not-judged", level: "note", baselineState: "new" },
  ]);
});

test("suppresses what is allowed, with its reason", () => {
  const [result] = sarif([{ kind: "users-lost", reason: "the pool was never used" }]).runs[0].results;
  expect(result.suppressions).toEqual([{ kind: "external", justification: "the pool was never used" }]);
});

/** docs/cost.md counts what the stack has. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ownMetricNames } from "../../../constructs/operations/metrics";
import { resources, type Synthesized, synthStack } from "../../support/synth";

const page = readFileSync(join(__dirname, "../../../docs/cost.md"), "utf8");
const count = (stack: Synthesized, type: string) => resources(stack, type).length;
const rules = (stack: Synthesized) =>
  resources(stack, "aws_wafv2_web_acl").flatMap(({ rule }) => rule as readonly object[]).length;
const usd = (amount: number) => amount.toFixed(2);

test("the cost of ALARM_EMAIL", () => {
  const stack = synthStack({ ALARM_EMAIL: "team@example.com" });
  const [alarms, metrics] = [count(stack, "aws_cloudwatch_metric_alarm"), ownMetricNames.length];
  const [dashboards, keys] = [count(stack, "aws_cloudwatch_dashboard"), count(stack, "aws_kms_key")];
  const month = 0.1 * alarms + 0.3 * metrics + 3 * dashboards + keys;
  expect(page).toContain(`${alarms} alarms at 0.10, ${metrics} metrics at 0.30`);
  expect(page).toContain(`${dashboards} dashboard at 3.00, ${keys} key at 1.00 | ${usd(month)} |`);
});

test("the cost of WAF", () => {
  const own = synthStack({ WAF: "true" });
  const existing = synthStack({ WAF: "true", COGNITO_USER_POOL_ID: "us-east-1_AbCdEfGhI" });
  const acls = (stack: Synthesized) => count(stack, "aws_wafv2_web_acl");
  const month = (stack: Synthesized) => usd(5 * acls(stack) + rules(stack));
  expect(page).toContain(`${acls(own)} web ACLs at 5.00, ${rules(own)} rules at 1.00`);
  expect(page).toContain(
    `with an existing pool ${acls(existing)} and ${rules(existing)} | ${month(own)} (${month(existing)}) |`,
  );
});

/** Functions that are called by their name, and go. */
import type { Change, Plan } from "../plan/plan";
import { asText, own } from "../plan/value";
import { type Finding, looks, type Rule } from "./rule";
import { endedFinding, ends } from "./searches";

const FUNCTION = "aws_lambda_function";
const CALLERS = [
  "aws_api_gateway_integration",
  "aws_apigatewayv2_integration",
  "aws_cloudwatch_event_target",
  "aws_lambda_event_source_mapping",
  "aws_lambda_function_url",
  "aws_lambda_permission",
  "aws_s3_bucket_notification",
  "aws_scheduler_schedule",
  "aws_sns_topic_subscription",
];

export const clientsCallers: readonly Rule[] = [
  {
    kind: "clients-broken",
    severity: "low",
    reason:
      "The function is destroyed, or gets another name, and nothing that calls it goes with it: its callers fail.",
    advice: "Confirm that nothing calls it: other stacks, schedules, and programs that invoke it by its name.",
    looksAt: looks([FUNCTION], "function_name"),
    find: (plan) => plan.ofType(FUNCTION).flatMap((change) => goneFunction(plan, change)),
  },
];

function goneFunction(plan: Plan, change: Change): Finding[] {
  const name = nameOf(change, "before");
  if (!ends(change) || name === undefined || nameOf(change, "after") === name) return [];
  // renamed in Terraform only
  if (plan.ofType(FUNCTION).some((other) => other !== change && nameOf(other, "after") === name)) return [];
  const callers = plan.ofType(...CALLERS).filter(ends);
  return callers.some((caller) => calls(caller, name)) ? [] : [endedFinding(change)];
}

const nameOf = (change: Change, side: "before" | "after") => asText(own(change[side], "function_name"));

const calls = ({ before }: Change, name: string): boolean =>
  own(before, "function_name") === name ||
  JSON.stringify(before)
    .match(/:function:[\w-]+/g)
    ?.includes(`:function:${name}`) === true;

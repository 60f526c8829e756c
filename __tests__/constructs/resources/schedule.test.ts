import { Queue } from "../../../constructs/resources/queue";
import { Schedule, type ScheduleProps } from "../../../constructs/resources/schedule";
import { only, resources, type Values } from "../../support/synth";
import { reference, synthWith } from "./support";

const synthSchedule = (changes: Partial<ScheduleProps> = {}) =>
  synthWith((stack, fn) => {
    new Schedule(stack, "nightly", { name: "dev-nightly", expression: "cron(0 3 * * ? *)", function: fn, ...changes });
  });

test("a schedule invokes its function, by a role that may do nothing else", () => {
  const json = synthSchedule();
  const arn = reference(json, "aws_lambda_function", "arn");
  const { target, ...schedule } = only(json, "aws_scheduler_schedule");
  expect(schedule).toMatchObject({
    name: "dev-nightly",
    schedule_expression: "cron(0 3 * * ? *)",
    schedule_expression_timezone: "UTC",
    flexible_time_window: { mode: "OFF" },
    state: "ENABLED",
  });
  expect(target).toEqual({
    arn,
    input: "{}",
    role_arn: expect.stringMatching(/^\$\{aws_iam_role\.nightly_role_\w+\.arn\}$/),
  });
  const [policy] = resources(json, "aws_iam_role_policy").filter(({ name }) => name === "invoke");
  expect(JSON.parse(String((policy as Values).policy)).Statement).toEqual([
    { Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: arn },
  ]);
});

test("only schedules of the account may use the role", () => {
  const [role] = resources(synthSchedule(), "aws_iam_role").filter(({ name }) => name === "dev-nightly-schedule");
  expect(JSON.parse(String((role as Values).assume_role_policy)).Statement).toEqual([
    {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { Service: "scheduler.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "${data.aws_caller_identity.account.account_id}" } },
    },
  ]);
});

test("a schedule has a time zone, an input and a number of retries, and can be off", () => {
  const json = synthSchedule({ timezone: "Europe/Berlin", input: { full: true }, retries: 0, enabled: false });
  expect(only(json, "aws_scheduler_schedule")).toMatchObject({
    schedule_expression_timezone: "Europe/Berlin",
    state: "DISABLED",
    target: { input: '{"full":true}', retry_policy: { maximum_retry_attempts: 0 } },
  });
});

test.each(["rate(1 minute)", "rate(12 hours)", "cron(0/15 8-17 ? * MON-FRI *)", "at(2027-01-31T03:00:00)"])(
  "takes %s",
  (expression) => {
    expect(only(synthSchedule({ expression }), "aws_scheduler_schedule").schedule_expression).toBe(expression);
  },
);

test.each<[Partial<ScheduleProps>, string]>([
  [{ expression: "cron(0 3 * * *)" }, "expression must be rate(VALUE UNIT), cron(SIX FIELDS)"],
  [{ expression: "rate(0 minutes)" }, 'got "rate(0 minutes)"'],
  [{ expression: "0 3 * * *" }, 'got "0 3 * * *"'],
  [{ name: "a b" }, 'got "a b"'],
  [{ retries: 186 }, "retries must be a whole number from 0 to 185, got 186"],
])("rejects %j", (changes, message) => {
  expect(() => synthSchedule(changes)).toThrow(message);
});

test("a queue receives the events that Lambda did not take, and those that the function failed on", () => {
  const json = synthWith((stack, fn) => {
    const failures = new Queue(stack, "failures", { name: "dev-failures" });
    for (const id of ["nightly", "weekly"]) {
      new Schedule(stack, id, { name: `dev-${id}`, expression: "rate(1 day)", function: fn, failures });
    }
  });
  const arn = expect.stringMatching(/^\$\{aws_sqs_queue\.failures_queue_\w+\.arn\}$/);
  for (const { target } of resources(json, "aws_scheduler_schedule")) {
    expect(target).toMatchObject({ dead_letter_config: { arn } });
  }
  const roles = resources(json, "aws_iam_role_policy").filter(({ name }) => name === "invoke");
  expect(roles.map(({ policy }) => JSON.parse(String(policy)).Statement[1])).toEqual([
    { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: arn },
    { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: arn },
  ]);
  expect(only(json, "aws_lambda_function_event_invoke_config")).toMatchObject({
    destination_config: { on_failure: { destination: arn } },
  });
});

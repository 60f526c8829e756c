/** Invokes a function at given times, by EventBridge Scheduler. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { Construct } from "constructs";
import type { NodeFunction } from "../function/node-function";
import { assumableBy, policyDocument } from "../policy";
import { accountId } from "./account";
import { checkName, checkWhole } from "./checks";
import type { Queue } from "./queue";

export interface ScheduleProps {
  /** Name in AWS, unique in account and region: 1 to 55 letters, digits, "_", "-" or "."; its role adds `-schedule`. */
  readonly name: string;
  /**
   * `rate(5 minutes)`, `cron(0 3 * * ? *)` (minute, hour, day of month, month, day of week, year) or `at(2027-01-31T03:00:00)`:
   * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
   */
  readonly expression: string;
  readonly function: NodeFunction;
  /**
   * Time zone of the expression, with its daylight saving time: `Europe/Berlin`.
   * @default "UTC"
   */
  readonly timezone?: string;
  /**
   * The function's event.
   * @default - {}
   */
  readonly input?: Readonly<Record<string, unknown>>;
  /**
   * How often an invocation that Lambda did not take is tried again within a day, 0 to 185. A function that throws is another matter:
   * Lambda runs it twice more.
   * @default 185
   */
  readonly retries?: number;
  /**
   * Queue that receives the events that were lost otherwise: those that Lambda did not take, and those that the function failed on for the
   * third time. Not a FIFO queue.
   * @default - the log has the errors, nothing else
   */
  readonly failures?: Queue;
  /**
   * Whether it invokes at all.
   * @default true
   */
  readonly enabled?: boolean;
}

const EXPRESSION =
  /^(rate\([1-9]\d* (minutes?|hours?|days?)\)|cron\(\S+( \S+){5}\)|at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\))$/;

export class Schedule extends Construct {
  readonly arn: string;

  /** @throws Error on an expression of another form, on a name that AWS rejects, and on numbers out of bounds */
  constructor(scope: Construct, id: string, props: ScheduleProps) {
    super(scope, id);
    const { name, expression, function: fn, timezone = "UTC", retries, enabled = true, failures } = props;
    checkName("name", name, /^[\w.-]{1,55}$/, '1 to 55 letters, digits, "_", "-" or "."');
    checkName("expression", expression, EXPRESSION, "rate(VALUE UNIT), cron(SIX FIELDS) or at(yyyy-mm-ddThh:mm:ss)");
    checkWhole("retries", retries, 0, 185);
    const role = new IamRole(this, "role", {
      name: `${name}-schedule`,
      assumeRolePolicy: assumableBy("scheduler.amazonaws.com", {
        StringEquals: { "aws:SourceAccount": accountId(this) },
      }),
    });
    const policy = new IamRolePolicy(this, "policy", {
      name: "invoke",
      role: role.name,
      policy: policyDocument([
        { actions: ["lambda:InvokeFunction"], resource: fn.arn },
        ...(failures ? [{ actions: ["sqs:SendMessage"], resource: failures.arn }] : []),
      ]),
    });
    if (failures && fn.node.tryFindChild("failures") === undefined) failures.addFailuresOf(fn);
    this.arn = new SchedulerSchedule(this, "schedule", {
      name,
      scheduleExpression: expression,
      scheduleExpressionTimezone: timezone,
      flexibleTimeWindow: { mode: "OFF" },
      state: enabled ? "ENABLED" : "DISABLED",
      target: {
        arn: fn.arn,
        roleArn: role.arn,
        input: JSON.stringify(props.input ?? {}),
        ...(failures && { deadLetterConfig: { arn: failures.arn } }),
        ...(retries !== undefined && { retryPolicy: { maximumRetryAttempts: retries } }),
      },
      dependsOn: [policy],
    }).arn;
  }
}

import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import type { Alarm } from "./alarm-table";

export interface AlarmsProps {
  /** Start of the alarms' names. */
  readonly name: string;
  readonly alarms: readonly Alarm[];
  /** Topic that is told of the beginning and the end of an alarm. */
  readonly topicArn: string;
}

export class Alarms extends Construct {
  readonly arns: readonly string[];

  constructor(scope: Construct, id: string, { name, alarms, topicArn }: AlarmsProps) {
    super(scope, id);
    this.arns = alarms.map((alarm) => {
      const { metric, statistic, threshold, periodSeconds, periods } = alarm;
      return new CloudwatchMetricAlarm(this, alarm.id, {
        alarmName: `${name}-${alarm.id}`,
        alarmDescription: `${alarm.description}. See docs/operations.md, ${alarm.id}.`,
        namespace: metric.namespace,
        metricName: metric.name,
        ...(Object.keys(metric.dimensions).length > 0 && { dimensions: metric.dimensions }),
        // Few requests make a percentile meaningless: one slow request of ten would be the p99.
        ...(statistic === "p99"
          ? { extendedStatistic: statistic, evaluateLowSampleCountPercentiles: "ignore" }
          : { statistic }),
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold,
        period: periodSeconds,
        datapointsToAlarm: periods[0],
        evaluationPeriods: periods[1],
        // Without requests there are no data: nothing is wrong then.
        treatMissingData: "notBreaching",
        alarmActions: [topicArn],
        okActions: [topicArn],
      }).arn;
    });
  }
}

/** Saved queries of CloudWatch Logs Insights. Those that look for something have a place to fill in. */
import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { Construct } from "constructs";

export interface QueriesProps {
  /** Folder of the queries in the console. */
  readonly name: string;
  readonly accessLogGroup: string;
  readonly functionLogGroups: readonly string[];
}

/** Most log groups of one query: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const MAX_LOG_GROUPS = 50;

const queries = {
  "one-request": [
    "fields @timestamp, @log, @message",
    'filter @message like "REQUEST-ID"',
    "sort @timestamp asc",
    "limit 200",
  ],
  "calls-of-one-user": [
    "fields @timestamp, method, resource, status, latencyMs, requestId",
    'filter sub = "SUB"',
    "sort @timestamp desc",
    "limit 100",
  ],
  "slowest-routes": [
    "filter ispresent(latencyMs)",
    "stats count(*) as requests, pct(latencyMs, 50) as p50, pct(latencyMs, 99) as p99, max(latencyMs) as slowest by method, resource",
    "sort p99 desc",
    "limit 50",
  ],
  "failures-by-cause": [
    'filter message.status >= 400 or level = "ERROR" or (type = "platform.report" and record.status != "success")',
    "stats count(*) as failures by coalesce(message.type, message.error, message.errorType, record.status) as cause, message.status as status, coalesce(message.reason, message.errorMessage) as reason, @log",
    "sort failures desc",
    "limit 100",
  ],
} as const;

export class Queries extends Construct {
  constructor(scope: Construct, id: string, { name, accessLogGroup, functionLogGroups }: QueriesProps) {
    super(scope, id);
    const groups = {
      "one-request": [accessLogGroup, ...functionLogGroups],
      "calls-of-one-user": [accessLogGroup],
      "slowest-routes": [accessLogGroup],
      "failures-by-cause": functionLogGroups,
    };
    for (const [query, lines] of Object.entries(queries)) {
      const all = groups[query as keyof typeof queries];
      for (let start = 0; start < all.length; start += MAX_LOG_GROUPS) {
        const part = start === 0 ? query : `${query}-${start / MAX_LOG_GROUPS + 1}`;
        new CloudwatchQueryDefinition(this, part, {
          name: `${name}/${part}`,
          queryString: lines.join("\n| "),
          logGroupNames: all.slice(start, start + MAX_LOG_GROUPS),
        });
      }
    }
  }
}

/** AWS WAF in front of a REST API and of the user pool, with the requests that it blocks in a log. */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Wafv2WebAcl, type Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";

export interface FirewallProps {
  /** Name of the web ACL, 1 to 128 letters, digits, "-" or "_"; that of its log group is `aws-waf-logs-<name>`. */
  readonly name: string;
  /** ARN of the stage of a REST API, or of a user pool. */
  readonly resourceArn: string;
  readonly rules: readonly Wafv2WebAclRule[];
  /** Request headers that hold credentials: the log leaves them out. */
  readonly secretHeaders: readonly string[];
  readonly logRetentionDays: number;
  /** @default - a key of AWS */
  readonly kmsKeyArn?: string;
}

export class Firewall extends Construct {
  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    const acl = new Wafv2WebAcl(this, "acl", {
      name: props.name,
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rule: [...props.rules],
      visibilityConfig: visibility(props.name),
    });
    new Wafv2WebAclAssociation(this, "association", { resourceArn: props.resourceArn, webAclArn: acl.arn });
    const logs = new CloudwatchLogGroup(this, "logs", {
      // AWS WAF accepts only this prefix: https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
      name: `aws-waf-logs-${props.name}`,
      retentionInDays: props.logRetentionDays,
      ...(props.kmsKeyArn !== undefined && { kmsKeyId: props.kmsKeyArn }),
    });
    new Wafv2WebAclLoggingConfiguration(this, "logging", {
      resourceArn: acl.arn,
      logDestinationConfigs: [logs.arn],
      redactedFields: props.secretHeaders.map((name) => ({ singleHeader: { name: name.toLowerCase() } })),
      loggingFilter: {
        defaultBehavior: "DROP",
        filter: [{ behavior: "KEEP", requirement: "MEETS_ANY", condition: [{ actionCondition: { action: "BLOCK" } }] }],
      },
    });
  }
}

const visibility = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: false, // samples would show headers, tokens included
});

/** A rule group of AWS: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
export const managedRules = (name: string, priority: number): Wafv2WebAclRule => ({
  name,
  priority,
  overrideAction: { none: {} },
  // The provider's schema nests statements without end, so that its class takes them as Terraform writes them.
  statement: { managed_rule_group_statement: { name, vendor_name: "AWS" } },
  visibilityConfig: visibility(name),
});

/** Requests of one address in five minutes, 10 to 2,000,000,000. @param paths ends of the paths that count; all without them */
export const rateLimit = (name: string, priority: number, limit: number, paths: readonly string[] = []) => ({
  name,
  priority,
  action: { block: {} },
  statement: {
    rate_based_statement: {
      limit,
      aggregate_key_type: "IP",
      evaluation_window_sec: 300,
      ...(paths.length > 0 && { scope_down_statement: anyOf(paths.map(pathEnd)) }),
    },
  },
  visibilityConfig: visibility(name),
});

/** An `or_statement` needs two. */
const anyOf = (statements: readonly object[]) =>
  statements.length === 1 ? statements[0] : { or_statement: { statement: statements } };

/** The end only: before it stand the stage, or the base path of a domain. */
const pathEnd = (path: string) => ({
  byte_match_statement: {
    field_to_match: { uri_path: {} },
    positional_constraint: "ENDS_WITH",
    search_string: path,
    text_transformation: [{ priority: 0, type: "NORMALIZE_PATH" }],
  },
});

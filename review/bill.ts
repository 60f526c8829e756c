/** What costs more (or less) than before. No prices: they differ by region and year, the direction does not. */

import type { Plan } from "./plan/plan";
import { pick, same } from "./plan/value";
import { type Finding, place } from "./rules/rule";

const attributes: Readonly<Record<string, readonly string[]>> = {
  aws_lambda_function: [
    "memory_size",
    "timeout",
    "architectures",
    "ephemeral_storage.size",
    "reserved_concurrent_executions",
    "tracing_config.mode",
  ],
  aws_lambda_provisioned_concurrency_config: ["provisioned_concurrent_executions"],
  aws_cloudwatch_log_group: ["retention_in_days", "log_group_class"],
  aws_cognito_user_pool: ["user_pool_tier", "user_pool_add_ons.advanced_security_mode"],
  aws_api_gateway_stage: ["cache_cluster_enabled", "cache_cluster_size", "xray_tracing_enabled"],
  aws_api_gateway_method_settings: [
    "settings.throttling_rate_limit",
    "settings.throttling_burst_limit",
    "settings.metrics_enabled",
    "settings.caching_enabled",
  ],
};

/** Paid for by the hour or the month, used or not. */
const standingCosts =
  /^aws_(nat_gateway|kms_key|wafv2_web_acl|lambda_provisioned_concurrency_config|vpc_endpoint|cloudwatch_(metric|composite)_alarm|secretsmanager_secret|db_instance|elasticache_\w+|eip|lb)$/;

/** Where and what, as it may be printed. */
export function bill(plan: Plan): Finding[] {
  return plan.changes.flatMap((change) => {
    if (change.verb === "keep" || change.deposed) return [];
    if (standingCosts.test(change.type) && (change.verb === "create" || change.verb === "destroy")) {
      const [before, after] = change.verb === "create" ? ["none", "a new one"] : ["exists", "destroyed"];
      return [{ address: change.address, attribute: change.type, before, after }];
    }
    if (!change.before || !change.after) return [];
    return (attributes[change.type] ?? []).flatMap((attribute) => {
      const [before, after] = [pick(change.before, attribute), pick(change.after, attribute)];
      return after === undefined || same(before, after) ? [] : [place(change, attribute)];
    });
  });
}

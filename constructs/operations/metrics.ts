/** Metrics that alarms and dashboard show, by name, unit and dimensions as AWS documents them. */
import type { ApiMetrics } from "../api/api-metrics";

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly unit: "Count" | "Milliseconds";
  readonly dimensions: Readonly<Record<string, string>>;
}

/**
 * Per stage: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html (REST: ApiName, Stage),
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html (HTTP: ApiId, Stage)
 */
export function apiMetrics({ dimensions, clientErrors, serverErrors }: ApiMetrics) {
  const metric = (name: string, unit: Metric["unit"]): Metric => ({
    namespace: "AWS/ApiGateway",
    name,
    unit,
    dimensions,
  });
  return {
    requests: metric("Count", "Count"),
    clientErrors: metric(clientErrors, "Count"),
    serverErrors: metric(serverErrors, "Count"),
    latency: metric("Latency", "Milliseconds"),
    integrationLatency: metric("IntegrationLatency", "Milliseconds"),
  };
}

/**
 * Per function; without dimensions, of all functions in the account and region.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export const lambdaMetric = (name: "Invocations" | "Errors" | "Throttles", functionName?: string): Metric => ({
  namespace: "AWS/Lambda",
  name,
  unit: "Count",
  dimensions: functionName === undefined ? {} : { FunctionName: functionName },
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export const visibleMessages = (queueName: string): Metric => ({
  namespace: "AWS/SQS",
  name: "ApproximateNumberOfMessagesVisible",
  unit: "Count",
  dimensions: { QueueName: queueName },
});

/** What the functions count: functions/shared/http/metrics.ts. Namespace METRICS_NAMESPACE, no dimensions. */
export const ownMetricNames = [
  "ColdStarts",
  "LockOuts",
  "SignInFailures",
  "SignIns",
  "SignUps",
  "ThrottledCognitoCalls",
] as const;

export const ownMetric = (namespace: string, name: (typeof ownMetricNames)[number]): Metric => ({
  namespace,
  name,
  unit: "Count",
  dimensions: {},
});

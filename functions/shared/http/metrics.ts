/**
 * Counts of events, in CloudWatch's embedded metric format: a log line from which CloudWatch makes metrics, without a request.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
import { CognitoError } from "../cognito/cognito-error";
import { property } from "../json";
import { HttpResponse } from "./response";

/** Names of the metrics. All have the unit Count and no dimension. `constructs/operations/` draws and watches the same names. */
export type Metric = "ColdStarts" | "LockOuts" | "SignInFailures" | "SignIns" | "SignUps" | "ThrottledCognitoCalls";

let cold = true;

/**
 * @param counts what the endpoint does
 * @param result of the operation, or the error
 */
export function metricsOf(counts: "SignIns" | "SignUps" | undefined, result: unknown, status: number): Metric[] {
  const found: (Metric | false | undefined)[] = [cold && "ColdStarts"];
  cold = false;
  if (result instanceof CognitoError) {
    const { type, message } = result;
    const throttled = /^(TooManyRe|Thrott)/.test(type);
    // Cognito reports a user who is locked out of signing in as a wrong password; only the message differs.
    const locked = /^(TooManyFai|LimitEx)/.test(type) || /attempts exceeded/i.test(message);
    found.push(
      throttled && "ThrottledCognitoCalls",
      locked && "LockOuts",
      counts === "SignIns" && status < 500 && !throttled && "SignInFailures",
    );
  } else if (status < 400) {
    const data = result instanceof HttpResponse ? property(result.content, "data") : result;
    // A challenge is no sign-in yet.
    found.push(counts === "SignIns" && !property(data, "id_token") ? undefined : counts);
  }
  return found.filter((metric) => typeof metric === "string");
}

/** Members of a log line's root that make CloudWatch count. */
export const embedded = (namespace: string, metrics: readonly Metric[]): object => ({
  _aws: {
    Timestamp: Date.now(),
    CloudWatchMetrics: [
      { Namespace: namespace, Dimensions: [[]], Metrics: metrics.map((Name) => ({ Name, Unit: "Count" })) },
    ],
  },
  ...Object.fromEntries(metrics.map((name) => [name, 1])),
});

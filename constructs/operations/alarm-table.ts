/** The alarms: what each watches, and from when on somebody should look. docs/operations.md says what to do for each. */
import type { ApiMetrics } from "../api/api-metrics";
import { apiMetrics, lambdaMetric, type Metric, ownMetric, visibleMessages } from "./metrics";

export interface Alarm {
  /** End of the alarm's name, its construct's id, and its heading in docs/operations.md. */
  readonly id: string;
  readonly description: string;
  readonly metric: Metric;
  readonly statistic: "Sum" | "Maximum" | "p99";
  /** The alarm's state is ALARM from this value on, in the unit of the metric, per period. */
  readonly threshold: number;
  readonly periodSeconds: number;
  /** How many of how many periods must reach the threshold. */
  readonly periods: readonly [number, number];
}

export interface Watched {
  /** Namespace of the functions' own metrics. */
  readonly namespace: string;
  readonly api: ApiMetrics;
  /** Shortest time-out of the functions behind routes. */
  readonly timeoutSeconds: number;
  /** Functions outside of the route table, by id: a failure of theirs is no response of the API. */
  readonly ownFunctions: readonly (readonly [id: string, functionName: string])[];
  readonly deadLetterQueues: readonly (readonly [id: string, queueName: string])[];
}

const FIVE_MINUTES = 300;
/** Two of three: one bad period passes by itself, as a deployment or a short outage does. */
const lasting = { periodSeconds: FIVE_MINUTES, periods: [2, 3] } as const;

/**
 * As few as are worth waking for. Every error, crash, time-out and throttling of a function behind a route is a response 5xx of the
 * API: one alarm covers them all.
 */
export function alarmTable({ namespace, api, timeoutSeconds, ownFunctions, deadLetterQueues }: Watched): Alarm[] {
  const { serverErrors, latency, integrationLatency } = apiMetrics(api);
  return [
    {
      id: "server-errors",
      description: "The API responds with 5xx: errors, crashes and time-outs of functions",
      metric: serverErrors,
      statistic: "Sum",
      threshold: 5,
      ...lasting,
    },
    {
      id: "latency",
      description: "One of 100 responses takes 3 s or more",
      metric: latency,
      statistic: "p99",
      threshold: 3_000,
      ...lasting,
    },
    {
      id: "near-time-out",
      description: "Functions take 80 % or more of their time-out",
      metric: integrationLatency,
      statistic: "Maximum",
      threshold: timeoutSeconds * 800,
      ...lasting,
    },
    {
      id: "throttled-functions",
      description: "Lambda rejects invocations: the account's concurrency is used up",
      metric: lambdaMetric("Throttles"),
      statistic: "Sum",
      threshold: 5,
      ...lasting,
    },
    {
      id: "throttled-cognito-calls",
      description: "Cognito rejects calls of the functions: a quota of the account is used up",
      metric: ownMetric(namespace, "ThrottledCognitoCalls"),
      statistic: "Sum",
      threshold: 5,
      ...lasting,
    },
    {
      id: "sign-in-failures",
      description:
        "Cognito rejects unusually many sign-ins: an attack with guessed or stolen passwords, or a broken page",
      metric: ownMetric(namespace, "SignInFailures"),
      statistic: "Sum",
      threshold: 100,
      ...lasting,
    },
    {
      id: "lock-outs",
      description: "Cognito locks users out after too many attempts",
      metric: ownMetric(namespace, "LockOuts"),
      statistic: "Sum",
      threshold: 10,
      ...lasting,
    },
    ...ownFunctions.map(([id, functionName]) => ({
      id: `errors-of-${id}`,
      description: `The function ${id}, which no route invokes, fails`,
      metric: lambdaMetric("Errors", functionName),
      statistic: "Sum" as const,
      threshold: 1,
      ...lasting,
    })),
    // Messages stay until somebody takes them, so that one period is enough.
    ...deadLetterQueues.map(([id, queueName]) => ({
      id: `dead-letters-of-${id}`,
      description: `Messages of the queue ${id} could not be processed`,
      metric: visibleMessages(queueName),
      statistic: "Maximum" as const,
      threshold: 1,
      periodSeconds: FIVE_MINUTES,
      periods: [1, 1] as const,
    })),
  ];
}

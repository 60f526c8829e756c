/** The dashboard of one deployment, drawn from the route table. */
import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import type { ApiMetrics } from "../api/api-metrics";
import { type Route, routeName } from "../api/route";
import { apiMetrics, lambdaMetric, type Metric, ownMetric, visibleMessages } from "./metrics";

export interface DashboardProps {
  readonly name: string;
  readonly region: string;
  readonly namespace: string;
  readonly api: ApiMetrics;
  readonly routes: readonly Route[];
  /** Every function, by the name that routes have as `function`. */
  readonly functionNames: ReadonlyMap<string, string>;
  readonly deadLetterQueues: readonly (readonly [id: string, queueName: string])[];
  readonly alarmArns: readonly string[];
}

/** A metric in the form of dashboards, with its statistic and label. */
type Line = readonly unknown[];

const line = ({ namespace, name, dimensions }: Metric, stat: string, label: string): Line => [
  namespace,
  name,
  ...Object.entries(dimensions).flat(),
  { stat, label },
];

/** Columns of a dashboard: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const COLUMNS = 24;
const HEIGHT = 6;

export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const rows = rowsOf(props).filter((row) => row.length > 0);
    const widgets = rows.flatMap((row, y) =>
      row.map((widget, x) => {
        const width = COLUMNS / row.length;
        return { ...widget, x: x * width, y: y * HEIGHT, width, height: HEIGHT };
      }),
    );
    new CloudwatchDashboard(this, "dashboard", {
      dashboardName: props.name,
      dashboardBody: JSON.stringify({ widgets }),
    });
  }
}

function rowsOf({ region, namespace, api, routes, functionNames, deadLetterQueues, alarmArns }: DashboardProps) {
  const { requests, clientErrors, serverErrors, latency } = apiMetrics(api);
  const graph = (title: string, metrics: readonly Line[], more: object = {}) => ({
    type: "metric",
    properties: { title, region, view: "timeSeries", period: 300, metrics, ...more },
  });
  const own = (...named: readonly (readonly [Parameters<typeof ownMetric>[1], string])[]) =>
    named.map(([name, label]) => line(ownMetric(namespace, name), "Sum", label));
  const functions = [...functionNames];
  const byFunction = (metric: Parameters<typeof lambdaMetric>[0], label: (id: string) => string) =>
    functions.map(([id, functionName]) => line(lambdaMetric(metric, functionName), "Sum", label(id)));
  return [
    [
      { type: "alarm", properties: { title: "Alarms", alarms: alarmArns } },
      graph("Responses", [
        // Of Count, only the number of samples is the number of requests.
        line(requests, "SampleCount", "requests"),
        line(clientErrors, "Sum", "4xx"),
        line(serverErrors, "Sum", "5xx"),
      ]),
      graph(
        "Latency (ms)",
        ["p50", "p90", "p99"].map((stat) => line(latency, stat, stat)),
      ),
    ],
    [
      graph("Requests by route, as far as they reach a function", byFunction("Invocations", labelsOf(routes)), {
        stacked: true,
      }),
    ],
    [
      graph("Sign-ins", own(["SignIns", "sign-ins"], ["SignInFailures", "failures"], ["LockOuts", "lock-outs"])),
      graph("Sign-ups", own(["SignUps", "sign-ups"])),
      graph("Cold starts", own(["ColdStarts", "cold starts"])),
    ],
    [
      graph(
        "Errors by function",
        byFunction("Errors", (id) => id),
      ),
      graph("Throttled", [
        line(lambdaMetric("Throttles"), "Sum", "functions of the account"),
        ...own(["ThrottledCognitoCalls", "calls of Cognito"]),
      ]),
      ...(deadLetterQueues.length > 0
        ? [
            graph(
              "Dead letters",
              deadLetterQueues.map(([id, name]) => line(visibleMessages(name), "Maximum", id)),
            ),
          ]
        : []),
    ],
  ];
}

/** `GET /echo, GET /hello` for a function of two routes; the function's own name for one without. */
const labelsOf = (routes: readonly Route[]) => (id: string) =>
  routes
    .filter((route) => route.function === id)
    .map(routeName)
    .join(", ") || id;

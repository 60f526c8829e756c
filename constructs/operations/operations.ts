/** What the team that runs the API needs: alarms by mail, a dashboard, and saved queries of the logs. */
import { Construct } from "constructs";
import type { ApiMetrics } from "../api/api-metrics";
import { functionNames, type Route } from "../api/route";
import type { NodeFunction } from "../function/node-function";
import type { Queue } from "../resources/queue";
import { alarmTable } from "./alarm-table";
import { Alarms } from "./alarms";
import { Dashboard } from "./dashboard";
import { Notifications } from "./notifications";
import { Queries } from "./queries";

export interface OperationsProps {
  /** Name of the deployment: of the dashboard, start of all other names, and namespace of the functions' own metrics. */
  readonly name: string;
  readonly region: string;
  /** Address that alarms are sent to, once its owner has confirmed it. */
  readonly email: string;
  readonly api: ApiMetrics;
  readonly routes: readonly Route[];
  /** All functions, those outside of the route table included. */
  readonly functions: ReadonlyMap<string, NodeFunction>;
  readonly queues: readonly Queue[];
}

export class Operations extends Construct {
  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { name, region, email, api, routes, functions } = props;
    const ofRoutes = functionNames(routes);
    const deadLetterQueues = props.queues.map((queue) => [queue.node.id, queue.deadLetterQueueName] as const);
    const names = new Map([...functions].map(([file, fn]) => [file, fn.functionName]));
    const { topicArn } = new Notifications(this, "notifications", { name, region, email });
    const { arns } = new Alarms(this, "alarms", {
      name,
      topicArn,
      alarms: alarmTable({
        namespace: name,
        api,
        timeoutSeconds: Math.min(...ofRoutes.flatMap((file) => functions.get(file)?.timeoutSeconds ?? [])),
        ownFunctions: [...names].filter(([file]) => !ofRoutes.includes(file)),
        deadLetterQueues,
      }),
    });
    new Dashboard(this, "dashboard", {
      name,
      region,
      namespace: name,
      api,
      routes,
      functionNames: names,
      deadLetterQueues,
      alarmArns: arns,
    });
    new Queries(this, "queries", {
      name,
      accessLogGroup: api.accessLogGroup,
      functionLogGroups: [...functions.values()].map((fn) => fn.logGroupName),
    });
  }
}

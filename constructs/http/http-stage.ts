/** The stage of an HTTP API, with limits and access logs. */
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { accessLogFormat } from "../api/access-log";
import type { ApiMetrics } from "../api/api-metrics";
import type { ApiProps } from "../api/api-props";
import { routeName, type Throttle } from "../api/route";
import { routeLimits } from "../api/route-limits";

export interface HttpStageProps
  extends Pick<ApiProps, "name" | "stageName" | "routes" | "throttle" | "logRetentionDays" | "kmsKeyArn"> {
  readonly apiId: string;
  /** The routes: AWS rejects a limit for a route that does not exist. */
  readonly served: readonly TerraformResource[];
}

export class HttpStage extends Construct {
  /** URL of the stage, without a slash at the end. */
  readonly url: string;
  readonly metrics: ApiMetrics;
  readonly stageName: string;

  constructor(scope: Construct, id: string, props: HttpStageProps) {
    super(scope, id);
    const logs = new CloudwatchLogGroup(this, "access-logs", {
      // An account has one resource policy for log delivery, limited in size. AWS does not extend it for groups with this prefix.
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
      name: `/aws/vendedlogs/apigateway/${props.name}`,
      retentionInDays: props.logRetentionDays ?? 30,
      ...(props.kmsKeyArn !== undefined && { kmsKeyId: props.kmsKeyArn }),
    });
    const stage = new Apigatewayv2Stage(this, "stage", {
      apiId: props.apiId,
      name: props.stageName,
      // A separate deployment would appear in a plan as a hash. Here each change appears itself.
      autoDeploy: true,
      accessLogSettings: { destinationArn: logs.arn, format: accessLogFormat("$context.routeKey") },
      defaultRouteSettings: limits(props.throttle),
      routeSettings: routeLimits(props.routes, props.throttle).map(({ route, limit }) => ({
        routeKey: routeName(route),
        ...limits(limit),
      })),
      dependsOn: [...props.served],
    });
    this.url = stage.invokeUrl;
    this.stageName = stage.name;
    this.metrics = {
      dimensions: { ApiId: props.apiId, Stage: props.stageName },
      clientErrors: "4xx",
      serverErrors: "5xx",
      accessLogGroup: logs.name,
    };
  }
}

const limits = ({ rateLimit, burstLimit }: Throttle) => ({
  throttlingRateLimit: rateLimit,
  throttlingBurstLimit: burstLimit,
  detailedMetricsEnabled: false,
});

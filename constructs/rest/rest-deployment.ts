/** The deployment of a REST API, replaced when anything it serves changes, and the stage with its limits and logs. */
import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { accessLogFormat } from "../api/access-log";
import type { ApiMetrics } from "../api/api-metrics";
import type { ApiProps } from "../api/api-props";
import type { Throttle } from "../api/route";
import { routeLimits } from "../api/route-limits";
import { routeScope } from "../api/route-scope";
import { deploymentTriggers } from "./deployment-triggers";
import { GatewayAccount } from "./gateway-account";

export interface RestDeploymentProps
  extends Pick<
    ApiProps,
    "kmsKeyArn" | "name" | "stageName" | "routes" | "throttle" | "logRetentionDays" | "manageAccount" | "tracing"
  > {
  readonly restApiId: string;
  /** Everything that the deployment takes a snapshot of. */
  readonly served: readonly TerraformResource[];
  /** Invoke permissions: created before the deployment, destroyed after it. */
  readonly permissions: readonly TerraformResource[];
}

export class RestDeployment extends Construct {
  /** URL of the stage, without a slash at the end. */
  readonly url: string;
  readonly metrics: ApiMetrics;
  readonly stageArn: string;
  readonly stageName: string;

  constructor(scope: Construct, id: string, props: RestDeploymentProps) {
    super(scope, id);
    const { restApiId, stageName, logRetentionDays = 30, tracing = false } = props;
    const deployment = new ApiGatewayDeployment(this, "deployment", {
      restApiId,
      triggers: deploymentTriggers(this, props.served),
      dependsOn: [...props.served, ...props.permissions],
      lifecycle: { createBeforeDestroy: true },
    });
    const kept = {
      retentionInDays: logRetentionDays,
      ...(props.kmsKeyArn !== undefined && { kmsKeyId: props.kmsKeyArn }),
    };
    const accessLogs = new CloudwatchLogGroup(this, "access-logs", {
      name: `/aws/apigateway/${props.name}`,
      ...kept,
    });
    // API Gateway would create this group without a retention.
    const executionLogs = new CloudwatchLogGroup(this, "execution-logs", {
      name: `API-Gateway-Execution-Logs_${restApiId}/${stageName}`,
      ...kept,
    });
    const account = (props.manageAccount ?? true) && new GatewayAccount(this, "account", { name: props.name });
    const stage = new ApiGatewayStage(this, "stage", {
      restApiId,
      deploymentId: deployment.id,
      stageName,
      accessLogSettings: { destinationArn: accessLogs.arn, format: accessLogFormat("$context.resourcePath", tracing) },
      ...(tracing && { xrayTracingEnabled: true }),
      dependsOn: [executionLogs, ...(account ? [account.resource] : [])],
    });
    this.url = stage.invokeUrl;
    this.stageArn = stage.arn;
    this.stageName = stage.stageName;
    this.metrics = {
      dimensions: { ApiName: props.name, Stage: stageName },
      clientErrors: "4XXError",
      serverErrors: "5XXError",
      accessLogGroup: accessLogs.name,
    };
    const limits = new Construct(this, "limits");
    limit(limits, "all", stage, "*/*", props.throttle);
    for (const { route, limit: throttle } of routeLimits(props.routes, props.throttle)) {
      // API Gateway writes each slash of the path as ~1, the first one included.
      const methodPath = `${route.path.replaceAll("/", "~1")}/${route.method}`;
      limit(routeScope(limits, route), "settings", stage, methodPath, throttle);
    }
  }
}

function limit(scope: Construct, id: string, stage: ApiGatewayStage, methodPath: string, throttle: Throttle): void {
  new ApiGatewayMethodSettings(scope, id, {
    restApiId: stage.restApiId,
    stageName: stage.stageName,
    methodPath,
    settings: {
      throttlingRateLimit: throttle.rateLimit,
      throttlingBurstLimit: throttle.burstLimit,
      loggingLevel: "ERROR",
      // Data traces would log passwords and tokens.
      dataTraceEnabled: false,
      metricsEnabled: false,
    },
  });
}

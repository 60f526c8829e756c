import { computedNames } from "./computed-names";
import { LOWER, MIXED } from "./derive";
import type { Evaluation } from "./evaluation";
import type { JsonObject } from "./json";
import { partitionOf, poolEndpoint, serviceHost } from "./partition";
import { policyDocument } from "./policy-document";
import { isServedType } from "./support";

type Computed = Readonly<Record<string, () => unknown>>;

interface Subject {
  readonly address: string;
  readonly evaluation: Evaluation;
  /** The block's own values; read only inside a getter. */
  readonly values: JsonObject;
  /** `arn:<partition>:<service>:<region>:<account>:<rest>` */
  arn(service: string, rest: string): string;
  /** The ARN of API Gateway's own resources, which have no account. */
  apiGatewayArn(rest: string): string;
  /** `arn:<partition>:iam::<account>:<rest>` */
  iamArn(rest: string): string;
  /** `<service>.<region>.amazonaws.com` */
  host(service: string): string;
  id(alphabet: string, length: number): string;
}

/**
 * The attributes that AWS or the provider would fill in, by name. All follow from region, account, stack name and
 * address, in AWS's own formats, so that a pattern that checks an id or an ARN sees what it would see there.
 */
export function computedAttributes(
  { address, type, name }: { readonly address: string; readonly type: string; readonly name: string },
  evaluation: Evaluation,
  values: JsonObject,
): Computed {
  const { region, accountId } = evaluation;
  const partition = partitionOf(region).id;
  const subject: Subject = {
    address,
    evaluation,
    values,
    arn: (service, rest) => `arn:${partition}:${service}:${region}:${accountId}:${rest}`,
    apiGatewayArn: (rest) => `arn:${partition}:apigateway:${region}::/${rest}`,
    iamArn: (rest) => `arn:${partition}:iam::${accountId}:${rest}`,
    host: (service) => serviceHost(service, region),
    id: (alphabet, length) => evaluation.id(address, alphabet, length),
  };
  const kind = address.startsWith("data.") ? `data.${type}` : type;
  const names = computedNames(kind, { ...subject, region, accountId, partition });
  if (names) return names;
  if (!isServedType(address, type)) return {};
  return { id: () => evaluation.id(address, LOWER, 6), name: () => name, ...COMPUTED[kind]?.(subject) };
}

const COMPUTED: Readonly<Record<string, (subject: Subject) => Computed>> = {
  aws_api_gateway_resource: (s) => ({ path: () => s.values.path_part }),
  aws_api_gateway_rest_api: (s) => {
    const id = () => s.id(LOWER, 10);
    return {
      id,
      arn: () => s.apiGatewayArn(`restapis/${id()}`),
      execution_arn: () => s.arn("execute-api", id()),
      root_resource_id: () => s.evaluation.id(`${s.address}/root`, LOWER, 10),
    };
  },
  aws_api_gateway_stage: (s) => ({
    arn: () => s.apiGatewayArn(`restapis/${s.values.rest_api_id}/stages/${s.values.stage_name}`),
    execution_arn: () => s.arn("execute-api", `${s.values.rest_api_id}/${s.values.stage_name}`),
    invoke_url: () => `https://${s.values.rest_api_id}.${s.host("execute-api")}/${s.values.stage_name}`,
  }),
  aws_api_gateway_authorizer: (s) => ({ arn: () => s.arn("apigateway", `authorizer/${s.id(LOWER, 6)}`) }),
  aws_api_gateway_account: () => ({ id: () => "api-gateway-account" }),
  aws_apigatewayv2_api: (s) => {
    const id = () => s.id(LOWER, 10);
    return {
      id,
      arn: () => s.apiGatewayArn(`apis/${id()}`),
      execution_arn: () => s.arn("execute-api", id()),
      api_endpoint: () => `https://${id()}.${s.host("execute-api")}`,
    };
  },
  aws_apigatewayv2_stage: (s) => ({
    id: () => s.values.name,
    arn: () => s.apiGatewayArn(`apis/${s.values.api_id}/stages/${s.values.name}`),
    execution_arn: () => s.arn("execute-api", `${s.values.api_id}/${s.values.name}`),
    invoke_url: () => `https://${s.values.api_id}.${s.host("execute-api")}/${s.values.name}`,
  }),
  aws_cloudwatch_log_group: (s) => ({
    id: () => s.values.name,
    arn: () => s.arn("logs", `log-group:${s.values.name}`),
  }),
  aws_cognito_user_pool: (s) => poolAttributes(s, () => `${s.evaluation.region}_${s.id(MIXED, 9)}`),
  "data.aws_cognito_user_pool": (s) => poolAttributes(s, () => String(s.values.user_pool_id)),
  aws_cognito_user_pool_client: (s) => ({
    id: () => s.id(LOWER, 26),
    client_secret: () => (s.values.generate_secret ? s.evaluation.id(`${s.address}/secret`, LOWER, 51) : ""),
  }),
  aws_dynamodb_table: (s) => {
    const arn = () => s.arn("dynamodb", `table/${s.values.name}`);
    const label = "2026-01-01T00:00:00.000";
    return { id: () => s.values.name, arn, stream_arn: () => `${arn()}/stream/${label}`, stream_label: () => label };
  },
  aws_iam_policy: (s) => ({
    arn: () => s.iamArn(`policy${s.values.path ?? "/"}${s.values.name}`),
  }),
  aws_iam_role: (s) => ({
    id: () => s.values.name,
    path: () => "/",
    arn: () => s.iamArn(`role${s.values.path ?? "/"}${s.values.name}`),
    unique_id: () => `AROA${s.id("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 17)}`,
  }),
  aws_lambda_alias: (s) => {
    const arn = () => `${s.arn("lambda", `function:${functionName(String(s.values.function_name))}`)}:${s.values.name}`;
    return { id: arn, arn, invoke_arn: () => invokeArn(s, arn()) };
  },
  aws_lambda_function: (s) => {
    const arn = () => s.arn("lambda", `function:${s.values.function_name}`);
    const version = () => (s.values.publish === true ? "1" : "$LATEST");
    return {
      id: () => s.values.function_name,
      arn,
      qualified_arn: () => `${arn()}:${version()}`,
      qualified_invoke_arn: () => invokeArn(s, `${arn()}:${version()}`),
      version,
      invoke_arn: () => invokeArn(s, arn()),
      memory_size: () => 128,
      timeout: () => 3,
    };
  },
  "data.archive_file": () => ({
    output_base64sha256: () => "",
    output_sha256: () => "",
    output_md5: () => "",
    output_size: () => 0,
  }),
  "data.aws_caller_identity": (s) => ({
    account_id: () => s.evaluation.accountId,
    arn: () => s.iamArn("root"),
  }),
  "data.aws_iam_policy_document": (s) => ({ json: () => policyDocument(s.values) }),
  "data.aws_partition": (s) => {
    const { id, dnsSuffix } = partitionOf(s.evaluation.region);
    return { id: () => id, partition: () => id, dns_suffix: () => dnsSuffix };
  },
  "data.aws_region": (s) => ({
    id: () => s.evaluation.region,
    name: () => s.evaluation.region,
    region: () => s.evaluation.region,
  }),
};

function poolAttributes(s: Subject, id: () => string): Computed {
  return {
    id,
    arn: () => s.arn("cognito-idp", `userpool/${id()}`),
    endpoint: () => poolEndpoint(s.evaluation.region, id()),
  };
}

const functionName = (function_: string) => /:function:([^:]+)/.exec(function_)?.[1] ?? function_;

/** The URI by which API Gateway calls a function. */
function invokeArn({ evaluation: { region } }: Subject, functionArn: string): string {
  return `arn:${partitionOf(region).id}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}

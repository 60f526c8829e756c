import { serviceHost } from "../../terraform/partition";
import type { ApiRequest } from "./request";

/** The part of `requestContext` and `$context` that is the same for every request to a method. */
export interface MethodContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly deploymentId: string;
  readonly region: string;
  readonly stage: string;
  /** Absent if no resource matched. */
  readonly resourceId?: string;
  readonly resourcePath?: string;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `09/Apr/2015:12:34:56 +0000`, the Common Log Format, from milliseconds since the epoch. */
export function clfTime(milliseconds: number): string {
  const [date = "", clock = ""] = new Date(milliseconds).toISOString().split("T");
  const [year, month, day] = date.split("-");
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${clock.slice(0, 8)} +0000`;
}

/**
 * `requestContext` of payload 1.0. `$context` of mapping templates has the same names.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function requestContext(
  request: ApiRequest,
  { accountId, apiId, deploymentId, region, stage, resourceId, resourcePath }: MethodContext,
) {
  return {
    resourceId,
    resourcePath,
    httpMethod: request.method,
    extendedRequestId: request.extendedRequestId,
    requestTime: clfTime(request.time),
    path: `/${stage}${request.path}`,
    accountId,
    protocol: request.protocol,
    stage,
    domainPrefix: apiId,
    requestTimeEpoch: request.time,
    requestId: request.requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      sourceIp: request.sourceIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: request.headers["user-agent"] ?? null,
      user: null,
    },
    domainName: `${apiId}.${serviceHost("execute-api", region)}`,
    deploymentId,
    apiId,
  };
}

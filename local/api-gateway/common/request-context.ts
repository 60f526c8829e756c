import type { Call } from "./request";

/** What `requestContext` and `$context` say about the API and the matched method; fixed once the stack is read. */
export interface MethodContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly deploymentId: string;
  readonly region: string;
  readonly stage: string;
  /** Absent while no resource has matched. */
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
 * `requestContext` of payload 1.0. `$context` of templates has the same names.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function requestContext(
  call: Call,
  { accountId, apiId, deploymentId, region, stage, resourceId, resourcePath }: MethodContext,
) {
  return {
    resourceId,
    resourcePath,
    httpMethod: call.method,
    extendedRequestId: call.extendedRequestId,
    requestTime: clfTime(call.time),
    path: `/${stage}${call.path}`,
    accountId,
    protocol: call.protocol,
    stage,
    domainPrefix: apiId,
    requestTimeEpoch: call.time,
    requestId: call.requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      sourceIp: call.sourceIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: call.headers["user-agent"] ?? null,
      user: null,
    },
    domainName: `${apiId}.execute-api.${region}.amazonaws.com`,
    deploymentId,
    apiId,
  };
}

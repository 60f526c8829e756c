/** Props of both API constructs, `RestApi` and `HttpApi`. */
import type { NodeFunction } from "../function/node-function";
import type { UserPool } from "../users/user-pool";
import type { Route, Throttle } from "./route";

export interface ApiProps {
  /** Name of the API in AWS, and of its log groups. */
  readonly name: string;
  /** Checked as a whole: see `checkRoutes`. */
  readonly routes: readonly Route[];
  /** The function of each name that a route has as `function`. */
  readonly functions: ReadonlyMap<string, NodeFunction>;
  /**
   * User pool whose tokens private routes accept.
   * @default - no authorizer; a private route is then an error
   */
  readonly userPool?: UserPool;
  /**
   * Request header that carries the token.
   * @default "Authorization"
   */
  readonly tokenHeader?: string;
  /**
   * Which token private routes accept: the id token, or an access token with one of the route's scopes.
   * @default "id"
   */
  readonly tokenUse?: "id" | "access";
  /** Exact origins whose pages may call the API and read its responses, errors included, or `["*"]` for all. */
  readonly corsOrigins: readonly string[];
  /**
   * Whether pages may send cookies and read the responses to such requests. Origins must then be exact.
   * @default false
   */
  readonly corsCredentials?: boolean;
  /**
   * Request headers that pages may send besides Content-Type, Authorization and the token header: `traceparent`, ...
   * @default - none
   */
  readonly corsHeaders?: readonly string[];
  /**
   * Response headers that pages may read besides Retry-After and those that CORS always exposes.
   * @default - none
   */
  readonly corsExposedHeaders?: readonly string[];
  /**
   * Media types of binary bodies: `image/png`, or all types as `*` + `/*`. A function receives such a body in base64.
   * A REST API returns bytes only if the request's first Accept type is one of these. HTTP APIs need no list.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/lambda-proxy-binary-media.html
   * @default - none
   */
  readonly binaryMediaTypes?: readonly string[];
  /** Name of the stage, the first segment of every URL: 1 to 128 letters, digits, "-" or "_". */
  readonly stageName: string;
  /** Limit of each route of the stage; a route can only lower it. */
  readonly throttle: Throttle;
  /**
   * Days that access and execution logs are kept, one of the values that CloudWatch Logs accepts.
   * @default 30
   */
  readonly logRetentionDays?: number;
  /**
   * Whether AWS's own domain (`execute-api`) stops responding, so that a domain of one's own is the only way in.
   * @default false
   */
  readonly closeDefaultEndpoint?: boolean;
  /**
   * ARN of a KMS key of your own for the logs.
   * @default - a key of AWS
   */
  readonly kmsKeyArn?: string;
  /**
   * REST API: whether X-Ray traces requests. HTTP APIs have no X-Ray.
   * @default false
   */
  readonly tracing?: boolean;
  /**
   * REST API: whether this stack creates the role with which API Gateway writes logs. An account has one per region, which two
   * stacks would overwrite for each other.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
   * @default true
   */
  readonly manageAccount?: boolean;
}

/** What an API construct is given, whichever kind of API it builds. */
import type { NodeFunction } from "../function/node-function";
import type { UserPool } from "../users/user-pool";
import type { Route, Throttle } from "./route";

export interface ApiProps {
  /** Name in AWS. */
  readonly name: string;
  readonly routes: readonly Route[];
  /** A function for each name in the routes' `function`. */
  readonly functions: ReadonlyMap<string, NodeFunction>;
  /**
   * Whose tokens open the private routes.
   * @default - no authorizer; a private route is then an error
   */
  readonly userPool?: UserPool;
  /**
   * Header that carries the token.
   * @default "Authorization"
   */
  readonly tokenHeader?: string;
  /**
   * Which token is taken: the id token, or an access token with one of the route's scopes.
   * @default "id"
   */
  readonly tokenUse?: "id" | "access";
  /** Exact origins whose pages may call the API and read its answers and errors, or `["*"]` for all. */
  readonly corsOrigins: readonly string[];
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
   * Media types of bodies that are bytes, not text: `image/png`, or all types as `*` + `/*`. A function gets such a body in base64.
   * A REST API returns bytes only if the request's first Accept type is one of these. HTTP APIs need no list.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/lambda-proxy-binary-media.html
   * @default - none
   */
  readonly binaryMediaTypes?: readonly string[];
  /** Name of the stage, the first segment of every URL. */
  readonly stageName: string;
  /** Limit of the whole stage; a route can only be stricter. */
  readonly throttle: Throttle;
  /**
   * Days that logs are kept.
   * @default 30
   */
  readonly logRetentionDays?: number;
  /**
   * Whether the account-wide role that lets API Gateway write logs is this stack's to make.
   * There is one an account and region: two stacks that make it take it from each other.
   * @default true
   */
  readonly manageAccount?: boolean;
}

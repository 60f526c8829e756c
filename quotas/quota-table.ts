/** AWS's quotas that a growing stack reaches: what counts, how much is allowed, and what to do about it. */
import { EMPTY_POLICY_BYTES, statementBytes } from "./function-policy";
import type { KnownText, Values } from "./known-text";

export interface Quota {
  readonly what: string;
  readonly allowed: number;
  /** AWS does not raise a fixed quota, and rejects a stack that exceeds it. It raises a default on request. A pace only costs time. */
  readonly kind: "fixed" | "default" | "pace";
  /** Resource types that count. */
  readonly type: string | RegExp;
  /**
   * What the quota applies to: one API, function, role, ...
   * @default - the whole stack
   */
  readonly of?: (resource: Values, text: KnownText) => string;
  /**
   * How much of the quota a resource uses.
   * @default 1
   */
  readonly amount?: (resource: Values, text: KnownText, type: string) => number;
  /**
   * How much is used without any resource.
   * @default 0
   */
  readonly base?: number;
  /**
   * Fraction of `allowed` from which on there is a note: below 1 where other stacks share the quota.
   * @default 1
   */
  readonly from?: number;
  /** What to do, for this amount used by this number of resources. */
  readonly advice: string | ((amount: number, resources: number) => string);
  /**
   * Title of the AWS page with the quota.
   * @default - a limit of Terraform
   */
  readonly page?: string;
}

const REST = "Quotas for configuring and running a REST API in API Gateway";
const HTTP = "Quotas for configuring and running an HTTP API in API Gateway";
const API_GATEWAY = "Amazon API Gateway quotas";
const LAMBDA = "Lambda quotas";
const IAM = "IAM and AWS STS quotas";

const SPLIT = "move some routes to an API of their own";
const ask = (code: string) => `ask for more in Service Quotas (${code}, raised for one API at a time)`;
const SUPPORT = "ask the AWS Support Center for more";

/** Requests to API Gateway's management API: 10 per second, after a burst of 40. */
const BURST = 40;
const PER_MINUTE = 600;

/** Measured with Terraform 1.11.4 on states of 12 and 100 routes; the estimate is within 5 % of both. */
const STATE_MB_A_RESOURCE = 0.001_75;
/** In the state, a resource that depends on a stage lists every resource that the stage depends on. */
const STATE_MB_A_DEPENDENCY = 0.000_067;

const restApi = (resource: Values, text: KnownText) => `REST API ${text.known(resource.rest_api_id)}`;
const httpApi = (resource: Values, text: KnownText) => `HTTP API ${text.known(resource.api_id)}`;
/** Each version and alias has its own policy. */
const permittedFunction = ({ function_name: name, qualifier }: Values, text: KnownText) =>
  [text.known(name).replace(/^arn:.*:function:/, ""), text.known(qualifier)].filter(Boolean).join(":");
const listLength = (list: unknown) => (Array.isArray(list) ? list.length : 0);

export const quotas: readonly Quota[] = [
  {
    what: "resources with the root",
    allowed: 300,
    kind: "default",
    type: "aws_api_gateway_resource",
    of: restApi,
    base: 1,
    advice: `${ask("L-01C8A9E0")}, or ${SPLIT}`,
    page: REST,
  },
  {
    what: "authorizers",
    allowed: 10,
    kind: "default",
    type: "aws_api_gateway_authorizer",
    of: restApi,
    advice: `${SUPPORT}, or let routes share one`,
    page: REST,
  },
  {
    what: "stages",
    allowed: 10,
    kind: "default",
    type: "aws_api_gateway_stage",
    of: restApi,
    advice: ask("L-379E48B0"),
    page: REST,
  },
  {
    what: "routes",
    allowed: 300,
    kind: "default",
    type: "aws_apigatewayv2_route",
    of: httpApi,
    advice: `${ask("L-65B5C802")}, or ${SPLIT}`,
    page: HTTP,
  },
  {
    what: "integrations",
    allowed: 300,
    kind: "fixed",
    type: "aws_apigatewayv2_integration",
    of: httpApi,
    advice: `let routes share functions, since a function has one integration; or ${SPLIT}; or use a REST API`,
    page: HTTP,
  },
  {
    what: "authorizers",
    allowed: 10,
    kind: "default",
    type: "aws_apigatewayv2_authorizer",
    of: httpApi,
    advice: `${SUPPORT}, or let routes share one`,
    page: HTTP,
  },
  {
    what: "stages",
    allowed: 10,
    kind: "default",
    type: "aws_apigatewayv2_stage",
    of: httpApi,
    advice: ask("L-379E48B0"),
    page: HTTP,
  },
  {
    what: "scopes",
    allowed: 10,
    kind: "fixed",
    type: "aws_apigatewayv2_route",
    of: (route, text) => `Route ${text.known(route.route_key)} of ${httpApi(route, text)}`,
    amount: ({ authorization_scopes: scopes }) => listLength(scopes),
    advice: "a token needs only one of them: use one scope for several",
    page: HTTP,
  },
  {
    what: "audiences",
    allowed: 50,
    kind: "fixed",
    type: "aws_apigatewayv2_authorizer",
    of: (authorizer, text) => `Authorizer ${text.known(authorizer.name)} of ${httpApi(authorizer, text)}`,
    amount: ({ jwt_configuration: jwt }) => listLength((jwt as Values | undefined)?.audience),
    advice: "give some app clients their own authorizer and routes",
    page: HTTP,
  },
  {
    what: "bytes of resource-based policy",
    allowed: 20_480,
    kind: "fixed",
    type: "aws_lambda_permission",
    of: (permission, text) => `Function ${permittedFunction(permission, text)}`,
    amount: (permission, text) => statementBytes(permission, text) + 1,
    base: EMPTY_POLICY_BYTES - 1, // one comma fewer than statements
    advice: (amount, statements) =>
      `of its ${statements} routes about ${Math.floor((20_480 / amount) * statements)} fit, at one statement each: give the others their own functions`,
    page: LAMBDA,
  },
  {
    what: "bytes of environment variables",
    allowed: 4096,
    kind: "fixed",
    type: "aws_lambda_function",
    of: (fn, text) => `Function ${text.known(fn.function_name)}`,
    amount: ({ environment }, text) =>
      Buffer.byteLength(text.least(JSON.stringify((environment as Values | undefined)?.variables ?? {}))),
    advice: "put long values into the bundle or into SSM Parameter Store",
    page: LAMBDA,
  },
  {
    what: "characters of inline policies",
    allowed: 10_240,
    kind: "fixed",
    type: "aws_iam_role_policy",
    of: (policy, text) => `Role ${text.known(policy.role)}`,
    amount: (policy, text) => text.least(policy.policy).replace(/\s/g, "").length, // white space does not count
    advice: "name fewer actions, or attach a managed policy",
    page: IAM,
  },
  {
    what: "IAM roles",
    allowed: 1000,
    kind: "default",
    type: "aws_iam_role",
    from: 0.5, // counted per account: a second stage would reach the quota
    advice:
      "the quota covers all stacks of an account, other stages included; ask for more in Service Quotas (L-FE177D64, in us-east-1), let routes share functions, or give each stage its own account",
    page: IAM,
  },
  {
    what: "resources of API Gateway",
    allowed: BURST + PER_MINUTE,
    kind: "pace",
    type: /^aws_api_?gateway/,
    advice: (amount) =>
      `AWS accepts 10 requests per second for them per account and region, a fixed quota, so a plan and a first apply take at least ${Math.floor((amount - BURST) / PER_MINUTE)} min each; run one at a time, plan with -refresh=false if the API is never changed by hand, or split the stack`,
    page: API_GATEWAY,
  },
  {
    what: "MB of Terraform state by estimate",
    allowed: 20,
    kind: "pace",
    type: /./,
    amount: (_, text, type) =>
      STATE_MB_A_RESOURCE +
      (type === "aws_api_gateway_method_settings" ? STATE_MB_A_DEPENDENCY * text.resourceCount : 0),
    advice:
      "Terraform reads and writes it as a whole; split the stack, or give fewer routes of a REST API their own throttle, each of which lists the whole stack in the state",
  },
];

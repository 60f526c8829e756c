/** AWS's quotas that a growing stack meets: what counts, how much is allowed, and what to do about it. */
import { EMPTY_POLICY_BYTES, statementBytes } from "./function-policy";
import type { KnownText, Values } from "./known-text";

export interface Quota {
  readonly what: string;
  readonly allowed: number;
  /**
   * A fixed limit is raised for nobody: a stack over it cannot be deployed. A default is raised on request. A pace makes
   * Terraform wait.
   */
  readonly kind: "fixed" | "default" | "pace";
  /** Types of the resources that count. */
  readonly type: string | RegExp;
  /**
   * Whose quota a resource uses up.
   * @default - the stack's as a whole
   */
  readonly of?: (resource: Values, text: KnownText) => string;
  /**
   * How much of it.
   * @default 1
   */
  readonly amount?: (resource: Values, text: KnownText, type: string) => number;
  /**
   * What is used up before any resource is.
   * @default 0
   */
  readonly base?: number;
  /**
   * The part of `allowed` above which there is something to say: below 1 where others draw on the same quota.
   * @default 1
   */
  readonly from?: number;
  /** What to do, for an amount that a number of resources make. */
  readonly advice: string | ((amount: number, resources: number) => string);
  /**
   * Title of AWS's page that says so.
   * @default - none: Terraform's own
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

/** API Gateway answers 10 requests a second to its management API, after a burst of 40. */
const BURST = 40;
const PER_MINUTE = 600;

/** Measured with Terraform 1.11.4 on states of 12 and of 100 routes, which these give to within 5 %. */
const STATE_MB_A_RESOURCE = 0.001_75;
/** In the state, what depends on a stage lists every resource behind it. */
const STATE_MB_A_DEPENDENCY = 0.000_067;

const restApi = (resource: Values, text: KnownText) => `REST API ${text.known(resource.rest_api_id)}`;
const httpApi = (resource: Values, text: KnownText) => `HTTP API ${text.known(resource.api_id)}`;
/** A version or an alias has a policy of its own. */
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
    advice: "any one of them opens the route: let one stand for several",
    page: HTTP,
  },
  {
    what: "audiences",
    allowed: 50,
    kind: "fixed",
    type: "aws_apigatewayv2_authorizer",
    of: (authorizer, text) => `Authorizer ${text.known(authorizer.name)} of ${httpApi(authorizer, text)}`,
    amount: ({ jwt_configuration: jwt }) => listLength((jwt as Values | undefined)?.audience),
    advice: "give some app clients an authorizer and routes of their own",
    page: HTTP,
  },
  {
    what: "bytes of resource-based policy",
    allowed: 20_480,
    kind: "fixed",
    type: "aws_lambda_permission",
    of: (permission, text) => `Function ${permittedFunction(permission, text)}`,
    amount: (permission, text) => statementBytes(permission, text) + 1,
    base: EMPTY_POLICY_BYTES - 1, // a comma less than there are statements
    advice: (amount, statements) =>
      `of its ${statements} routes about ${Math.floor((20_480 / amount) * statements)} fit, a statement each: give the others functions of their own`,
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
    from: 0.5, // they are counted per account: a second stage of the same stack would reach the limit
    advice:
      "it holds for all stacks of an account together, other stages of this one among them; ask for more in Service Quotas (L-FE177D64, in us-east-1), let routes share functions, or give each stage an account",
    page: IAM,
  },
  {
    what: "resources of API Gateway",
    allowed: BURST + PER_MINUTE,
    kind: "pace",
    type: /^aws_api_?gateway/,
    advice: (amount) =>
      `AWS answers 10 requests a second about them in an account and region, and raises that for nobody, so that a plan takes at least ${Math.floor((amount - BURST) / PER_MINUTE)} min and the first apply no less; run one at a time, plan with -refresh=false where nobody changes the API by hand, or split the stack`,
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
      "no service refuses it, but Terraform reads and writes it as a whole; split the stack, or give fewer routes of a REST API a throttle of their own, each of which lists the whole stack in the state",
  },
];

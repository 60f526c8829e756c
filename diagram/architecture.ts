/** What a picture of a synthesized stack shows, read from `cdk.tf.json` as the local API reads it. */
import { createGateway } from "../local/api-gateway/gateway";
import { policiesOf } from "../local/aws/iam";
import type { Functions } from "../local/lambda/functions";
import { functionName } from "../local/lambda/functions";
import { type JsonObject, nested } from "../local/terraform/json";
import type { SynthesizedStack } from "../local/terraform/read-stack";

export interface Architecture {
  readonly api: string;
  readonly functions: readonly FunctionNode[];
  readonly resources: readonly ResourceNode[];
}

export interface FunctionNode {
  readonly name: string;
  /** Of the API; empty for a function that something else invokes. */
  readonly routes: readonly { readonly method: string; readonly path: string }[];
  readonly access: "public" | "private" | "other";
  /** What invokes a function without routes: `pre_sign_up of users`, `queue jobs`. */
  readonly invokedBy: string | undefined;
  readonly permissions: readonly Permission[];
}

/** What a function's role may do with one resource. */
export interface Permission {
  /** Address of a resource of the picture; undefined for anything else. */
  readonly resource: string | undefined;
  /** `GetItem`, without the service. */
  readonly actions: readonly string[];
}

export interface ResourceNode {
  readonly address: string;
  /** `User pool`, `Table` */
  readonly kind: string;
  readonly name: string;
}

const KINDS: Readonly<Record<string, string>> = {
  aws_cognito_user_pool: "User pool",
  aws_dynamodb_table: "Table",
  aws_s3_bucket: "Bucket",
  aws_sqs_queue: "Queue",
  aws_sns_topic: "Topic",
  aws_ssm_parameter: "Parameter",
  aws_secretsmanager_secret: "Secret",
  aws_kms_key: "Key",
};

export function readArchitecture(stack: SynthesizedStack): Architecture {
  const resources = Object.entries(KINDS).flatMap(([type, kind]) =>
    [...stack.resources(type), ...(type === "aws_cognito_user_pool" ? stack.data(type) : [])].map((block) => ({
      address: block.address,
      arn: String(block.values.arn),
      kind,
      name: String(block.values.name ?? block.values.bucket ?? block.values.user_pool_id ?? block.name),
    })),
  );
  const names = stack.resources("aws_lambda_function").map(({ values }) => String(values.function_name));
  const short = shorten([...names, ...resources.map(({ name }) => name)]);
  const invokers = invokersOf(stack, short);
  const { routes, stages } = gatewayOf(stack);
  const functions = stack.resources("aws_lambda_function").map(({ values }): FunctionNode => {
    const name = String(values.function_name);
    const own = routes.filter((route) => route.functionName === name);
    const isPrivate = own.every((route) => route.isPrivate);
    return {
      name: short(name),
      routes: own.map(({ method, path }) => ({ method: method || "ANY", path })),
      access: own.length === 0 ? "other" : isPrivate ? "private" : "public",
      invokedBy: own.length > 0 ? undefined : invokers.get(name),
      permissions: permissionsOf(stack, values, resources),
    };
  });
  return {
    api:
      stack.resources("aws_api_gateway_rest_api").length > 0
        ? `REST API, stage ${stages[0]}`
        : `HTTP API, stage ${stages[0]}`,
    functions: functions.sort(byAccessAndPath),
    resources: resources.map(({ address, kind, name }) => ({ address, kind, name: short(name) })),
  };
}

/** The routes as they are served, without running a function. */
function gatewayOf(stack: SynthesizedStack) {
  const functions: Functions = {
    has: () => true,
    names: () => [],
    invoke: () => Promise.reject(new Error("a picture runs no function")),
    close: async () => {},
  };
  return createGateway({ stack, functions, jwks: () => undefined, now: () => 0, log: () => {} });
}

const ORDER = ["public", "private", "other"];

function byAccessAndPath(a: FunctionNode, b: FunctionNode): number {
  const rank = (one: FunctionNode) => ORDER.indexOf(one.access);
  const path = (one: FunctionNode) => one.routes[0]?.path ?? one.name;
  return rank(a) - rank(b) || (path(a) < path(b) ? -1 : path(a) > path(b) ? 1 : a.name < b.name ? -1 : 1);
}

/** Takes off what all names begin with: project and stage. */
function shorten(names: readonly string[]): (name: string) => string {
  const [first = ""] = names;
  const parts = first.split("-");
  const shared = parts.findLastIndex((_, at) =>
    names.every((name) => name.startsWith(parts.slice(0, at + 1).join("-"))),
  );
  const prefix = shared < 0 || names.length < 2 ? "" : `${parts.slice(0, shared + 1).join("-")}-`;
  return (name) =>
    name.startsWith(prefix) ? name.slice(prefix.length) : name === prefix.slice(0, -1) ? "users" : name;
}

/** By function name. */
function invokersOf(stack: SynthesizedStack, short: (name: string) => string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { values } of stack.resources("aws_cognito_user_pool")) {
    for (const [trigger, arn] of Object.entries(nested(values.lambda_config) ?? {})) {
      const target = typeof arn === "string" ? arn : nested(arn)?.lambda_arn;
      if (target) found.set(functionName(String(target)), `${trigger} of the user pool`);
    }
  }
  for (const { values } of stack.resources("aws_lambda_event_source_mapping")) {
    const source = String(values.event_source_arn).split(":").at(-1) ?? "";
    found.set(functionName(String(values.function_name)), `messages of ${short(source)}`);
  }
  for (const { values } of stack.resources("aws_scheduler_schedule")) {
    const target = String(nested(values.target)?.arn);
    found.set(functionName(target), `schedule ${values.schedule_expression}`);
  }
  return found;
}

/** What a role needs to write logs and traces is left out: every function has it. */
const EVERY_FUNCTION = /^(logs|xray):/;

function permissionsOf(
  stack: SynthesizedStack,
  { role: arn }: JsonObject,
  resources: readonly (ResourceNode & { readonly arn: string })[],
): Permission[] {
  const role = stack.resources("aws_iam_role").find(({ values }) => values.arn === arn);
  if (!role) return [];
  const found = new Map<string | undefined, Set<string>>();
  for (const [, policy] of policiesOf(stack, role)) {
    for (const statement of [nested(JSON.parse(String(policy)))?.Statement ?? []].flat() as JsonObject[]) {
      const actions = [statement.Action ?? []]
        .flat()
        .map(String)
        .filter((action) => !EVERY_FUNCTION.test(action));
      if (statement.Effect !== "Allow" || actions.length === 0) continue;
      for (const target of [statement.Resource ?? []].flat().map(String)) {
        const resource = resources.find((one) => target === one.arn || target.startsWith(`${one.arn}/`));
        const known = found.get(resource?.address) ?? new Set();
        for (const action of actions) known.add(action.split(":")[1] ?? action);
        found.set(resource?.address, known);
      }
    }
  }
  return [...found].map(([resource, actions]) => ({ resource, actions: [...actions].sort() }));
}

import { derive, LOWER, MIXED, UPPER } from "../terraform/derive";
import { type JsonObject, nested, text } from "../terraform/json";
import { type Block, StackError, type SynthesizedStack } from "../terraform/read-stack";
import { type ConditionKeys, conditionKeys, parseCondition } from "./condition";
import { managedPolicy } from "./managed-policies";
import { wildcard } from "./wildcard";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The signer of a request: a function, by the credentials of its role. */
export interface Principal {
  /** `arn:${partition}:sts::<account>:assumed-role/<role name>/<function name>` */
  readonly arn: string;
  readonly roleArn: string;
  readonly credentials: Credentials;
  /**
   * IAM's error text; undefined if allowed. A matching Deny wins, then a matching Allow; anything else is denied.
   * @param resource undefined where it is not known: denied if no statement allows the action on any resource
   * @param keys condition keys of the request, besides those that every request has
   */
  denial(action: string, resource: string | undefined, keys?: ConditionKeys): string | undefined;
  /** Whether a statement allows any action with this prefix, such as `s3`. */
  mayUse(prefix: string): boolean;
  /** IAM's text for an action that no statement allows. */
  denied(action: string, resource: string): string;
}

/** Roles of the stack as callers of AWS. */
export interface Iam {
  /** @throws StackError for a role that the stack does not declare, or whose policies cannot be read: not JSON, not known, with a condition that is not evaluated. */
  roleCredentials(roleArn: string): Credentials;
  principal(accessKeyId: string): Principal | undefined;
}

interface Statement {
  readonly effect: string;
  readonly covers: (action: string, resource: string | undefined, keys: ConditionKeys) => boolean;
  readonly mentions: (prefix: string) => boolean;
}

export function createIam(stack: SynthesizedStack): Iam {
  const roles = stack.resources("aws_iam_role").map((role) => ({
    arn: String(role.values.arn),
    principal: principalOf(stack, role),
  }));
  return {
    roleCredentials(roleArn) {
      const found = roles.find((role) => role.arn === roleArn);
      if (!found) throw new StackError(`${roleArn}: this role is not declared in cdk.tf.json`);
      found.principal.denial("", undefined); // reads the policies: an error in them stops the start
      return found.principal.credentials;
    },
    principal: (accessKeyId) => roles.find((role) => role.principal.credentials.accessKeyId === accessKeyId)?.principal,
  };
}

function principalOf(stack: SynthesizedStack, role: Block): Principal {
  const { stackName, accountId, partition } = stack;
  const seed = (what: string) => `${stackName}/${role.address}/${what}`;
  const user = stack.resources("aws_lambda_function").find((block) => block.values.role === role.values.arn);
  const session = text(user?.values.function_name) ?? "local";
  let known: Statement[] | undefined;
  const statements = () => {
    known ??= policiesOf(stack, role).flatMap(([address, policy]) => parsePolicy(address, policy));
    return known;
  };
  const matching = (effect: string, action: string, resource: string | undefined, keys: ConditionKeys) =>
    statements().some((statement) => statement.effect === effect && statement.covers(action, resource, keys));
  const arn = `arn:${partition}:sts::${accountId}:assumed-role/${role.values.name}/${session}`;
  const subject = (action: string, resource: string) =>
    `User: ${arn} is not authorized to perform: ${action} on resource: ${resource}`;
  const denied = (action: string, resource: string) =>
    `${subject(action, resource)} because no identity-based policy allows the ${action} action`;
  /** The keys of every request by a function of this role. */
  const common = () =>
    conditionKeys({
      "aws:PrincipalAccount": accountId,
      "aws:PrincipalArn": role.values.arn,
      "aws:PrincipalIsAWSService": false,
      "aws:PrincipalType": "AssumedRole",
      "aws:RequestedRegion": stack.region,
      "aws:ResourceAccount": accountId,
      "aws:SecureTransport": true, // as on AWS: the SDKs use TLS there
      "aws:UserId": `${role.values.unique_id}:${session}`,
      "aws:ViaAWSService": false,
      "lambda:SourceFunctionArn": user?.values.arn,
    });
  return {
    arn,
    roleArn: String(role.values.arn),
    credentials: {
      accessKeyId: `ASIA${derive(seed("key"), UPPER, 16)}`,
      secretAccessKey: derive(seed("secret"), MIXED, 40),
      sessionToken: derive(seed("session"), LOWER, 64),
    },
    mayUse: (prefix) => statements().some(({ effect, mentions }) => effect === "Allow" && mentions(prefix)),
    denied,
    denial(action, resource, ownKeys = {}) {
      const keys = { ...common(), ...ownKeys };
      if (resource !== undefined && matching("Deny", action, resource, keys))
        return `${subject(action, resource)} with an explicit deny in an identity-based policy`;
      return matching("Allow", action, resource, keys) ? undefined : denied(action, resource ?? "*");
    },
  };
}

/** Inline policies and attached ones, each with the address to blame. */
export function policiesOf(stack: SynthesizedStack, role: Block): (readonly [string, unknown])[] {
  const { name, arn } = role.values;
  const inline = stack.resources("aws_iam_role_policy").filter((block) => [name, arn].includes(block.values.role));
  const nestedPolicies = ([role.values.inline_policy ?? []].flat() as JsonObject[]).map(
    (block) => [role.address, block.policy] as const,
  );
  const managed = [role.values.managed_policy_arns ?? []].flat().map((policy) => [role.address, policy] as const);
  const attached = stack
    .resources("aws_iam_role_policy_attachment")
    .filter((block) => block.values.role === name)
    .map((block) => [block.address, block.values.policy_arn] as const);
  const documents = [...managed, ...attached].map(([address, policyArn]) => {
    const known = managedPolicy(String(policyArn));
    if (known !== undefined) return [address, known] as const;
    const policy = stack.resources("aws_iam_policy").find((block) => block.values.arn === policyArn);
    if (!policy) throw new StackError(`${address}: the policy ${policyArn} is not known locally`);
    return [policy.address, policy.values.policy] as const;
  });
  return [...inline.map((block) => [block.address, block.values.policy] as const), ...nestedPolicies, ...documents];
}

function parsePolicy(address: string, policy: unknown): Statement[] {
  const statements = nested(parseJson(address, policy))?.Statement ?? [];
  return ([statements].flat() as JsonObject[]).map((statement) => {
    const isMet = parseCondition(
      statement.Condition,
      (what) => new StackError(`${address}: the ${what} is not evaluated locally`),
    );
    const actions = oneOf(statement.Action, "i");
    const notActions = oneOf(statement.NotAction, "i");
    const resources = oneOf(statement.Resource, "");
    const notResources = oneOf(statement.NotResource, "");
    const coversResource = (resource: string) =>
      statement.NotResource ? !notResources(resource) : resources(resource);
    // Where the resource is not known, neither are the condition keys.
    const covers = (action: string, resource: string | undefined, keys: ConditionKeys) =>
      (statement.NotAction ? !notActions(action) : actions(action)) &&
      (resource === undefined || (coversResource(resource) && isMet(keys)));
    const services = [statement.Action ?? []].flat().map((pattern) => String(pattern).split(":")[0] ?? "");
    const prefixes = oneOf(services, "i");
    const mentions = (prefix: string) => statement.NotAction !== undefined || prefixes(prefix);
    return { effect: String(statement.Effect), covers, mentions };
  });
}

function parseJson(address: string, policy: unknown): unknown {
  try {
    return JSON.parse(String(policy));
  } catch {
    throw new StackError(`${address}: policy is not valid JSON`);
  }
}

/** Action names match without case, resources with; `*` is any text, `?` one character. */
function oneOf(patterns: unknown, flags: string): (value: string) => boolean {
  const expressions = [patterns ?? []].flat().map((pattern) => wildcard(String(pattern), flags));
  return (value) => expressions.some((expression) => expression.test(value));
}

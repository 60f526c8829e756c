/** IAM policy documents, taken apart into single grants that can be compared. */
import { perPlan } from "../plan/per-plan";
import type { Plan } from "../plan/plan";
import { asList, isObject, own } from "../plan/value";

/** One principal, one action, one resource. Patterns are AWS's own, with `*` and `?`. */
export interface Grant {
  readonly allow: boolean;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** As JSON; empty without one. */
  readonly condition: string;
}

/** Far more than AWS accepts in one document: a bound for hostile input. */
const MAX_GRANTS = 2000;

/** Several dangers read the same policy, before and after. */
const known = perPlan(() => new Map<string, readonly Grant[] | undefined>());

/** @returns undefined when the text is no policy that can be judged */
export function grantsOf(plan: Plan, text: unknown): readonly Grant[] | undefined {
  if (text === undefined || text === null || text === "") return [];
  if (typeof text !== "string") return undefined;
  const read = known(plan);
  if (!read.has(text)) read.set(text, readGrants(text));
  return read.get(text);
}

function readGrants(text: string): readonly Grant[] | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(document)) return undefined;
  const grants: Grant[] = [];
  for (const statement of oneOrMore(document["Statement"])) {
    const principals = principalsOf(statement);
    const actions = patternsOf(statement, "Action");
    const resources = patternsOf(statement, "Resource");
    if (grants.length + principals.length * actions.length * resources.length > MAX_GRANTS) return undefined;
    const condition = own(statement, "Condition");
    const rest = {
      allow: own(statement, "Effect") !== "Deny",
      condition: condition === undefined ? "" : canonical(condition),
    };
    for (const principal of principals)
      for (const action of actions)
        for (const resource of resources) grants.push({ ...rest, principal, action, resource });
  }
  return grants;
}

const oneOrMore = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** `NotAction` allows everything except what it lists, and is treated as a wildcard. */
function patternsOf(statement: unknown, key: "Action" | "Resource"): string[] {
  const not = own(statement, `Not${key}`);
  if (not !== undefined) return [`* except ${oneOrMore(not).map(String).sort().join(", ")}`];
  const found = oneOrMore(own(statement, key)).map(String);
  return found.length === 0 && key === "Resource" ? [""] : found;
}

function principalsOf(statement: unknown): string[] {
  if (own(statement, "NotPrincipal") !== undefined) return ["* except some"];
  const principal = own(statement, "Principal");
  if (!isObject(principal)) return principal === undefined ? [""] : [String(principal)];
  return Object.entries(principal).flatMap(([type, names]) =>
    oneOrMore(names).map((name) => (type === "AWS" && name === "*" ? "*" : `${type} ${String(name)}`)),
  );
}

/** JSON in which the order of keys makes no difference. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${asList(value).map(canonical).sort().join()}]`;
  if (!isObject(value)) return JSON.stringify(String(value));
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${entries.join()}}`;
}

/** Grants of the second document that the first one did not have, and denies of the first that the second lacks. */
export function newlyAllowed(before: readonly Grant[], after: readonly Grant[]): Grant[] {
  const gained = after.filter((grant) => grant.allow && !before.some((other) => other.allow && covers(other, grant)));
  const noLongerDenied = before.filter(
    (grant) => !grant.allow && !after.some((other) => !other.allow && covers(other, grant)),
  );
  return [...gained, ...noLongerDenied];
}

const covers = (wide: Grant, narrow: Grant): boolean =>
  matches(wide.principal, narrow.principal) &&
  matches(wide.action.toLowerCase(), narrow.action.toLowerCase()) &&
  matches(wide.resource, narrow.resource) &&
  (wide.condition === narrow.condition || wide.condition === "");

/** Whether one pattern takes in all of another: linear but for the last star, whatever the patterns are. */
export function matches(pattern: string, text: string): boolean {
  if (pattern === text || pattern === "*") return true;
  if (pattern.includes(" except ")) return false;
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === "*") {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === text[t] || (pattern[p] === "?" && text[t] !== "*"))) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

/** Actions that AWS defines without a resource, and those that only list or describe: a `*` says nothing about them. */
const ONLY_STAR =
  /^(xray:(Put|Get)[\w*]*|cloudwatch:PutMetricData|ec2:(Describe[\w*]+|(Create|Delete)NetworkInterface|(Una|A)ssignPrivateIpAddresses|Get\w+)|sts:GetCallerIdentity|ecr:GetAuthorizationToken|s3:ListAllMyBuckets|logs:(Describe\w+|CreateLogDelivery|\w+LogDelivery|\w+LogDeliveries)|tag:Get\w+|kms:ListAliases|[\w-]+:(List|Describe)[\w*]*)$/i;
/** These list data: users, objects, messages. */
const LISTS_DATA = /^(cognito-idp:(List|Describe\w*Client)|cognito-sync:|s3:List(?!AllMyBuckets))/i;

export const knowsOnlyStar = (action: string): boolean => ONLY_STAR.test(action) && !LISTS_DATA.test(action);

/** A star where a name belongs. `log-group:x:*` is none: it stands for the streams of one group. */
export const isWild = (grant: Grant): boolean =>
  grant.allow &&
  !knowsOnlyStar(grant.action) &&
  (grant.action.includes("*") ||
    grant.principal.startsWith("*") ||
    /^(\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:\*$)/.test(grant.resource));

export const describeGrant = ({ allow, principal, action, resource, condition }: Grant): string =>
  [
    allow ? "" : "no longer denied:",
    action,
    resource && `on ${resource}`,
    principal && `for ${principal}`,
    condition && `if ${condition}`,
  ]
    .filter(Boolean)
    .join(" ");

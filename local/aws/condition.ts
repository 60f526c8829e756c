/** The Condition of a policy statement. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
import { type JsonObject, nested } from "../terraform/json";
import { wildcard } from "./wildcard";

/** Values of a request's condition keys by name, in lower case. A key that the request lacks is absent. */
export type ConditionKeys = Readonly<Record<string, readonly string[]>>;

/** Condition keys with a value in the requests that the local API checks, or known to be absent from a function's requests. */
const KNOWN_KEYS = new Set(
  [
    "aws:MultiFactorAuthPresent aws:PrincipalAccount aws:PrincipalArn aws:PrincipalIsAWSService aws:PrincipalType",
    "aws:RequestedRegion aws:ResourceAccount aws:SecureTransport aws:SourceAccount aws:SourceArn aws:SourceVpc",
    "aws:SourceVpce aws:UserId aws:UserName aws:ViaAWSService lambda:SourceFunctionArn",
    "cloudwatch:namespace dynamodb:LeadingKeys dynamodb:ReturnValues dynamodb:Select events:source kms:ViaService",
    "s3:delimiter s3:max-keys s3:prefix s3:x-amz-acl s3:x-amz-server-side-encryption secretsmanager:VersionStage",
  ]
    .join(" ")
    .toLowerCase()
    .split(" "),
);

type Compare = (wanted: string) => (value: string) => boolean;

const equals: Compare = (wanted) => (value) => value === wanted;
const equalsIgnoreCase: Compare = (wanted) => (value) => value.toLowerCase() === wanted.toLowerCase();
const like: Compare = (wanted) => {
  const pattern = wildcard(wanted);
  return (value) => pattern.test(value);
};
/** Each of the six parts of an ARN by itself: a `*` does not match a colon, except in the last part. */
const arnLike: Compare = (wanted) => {
  const patterns = arnParts(wanted).map((part) => wildcard(part));
  return (value) => {
    const parts = arnParts(value);
    return parts.length === patterns.length && parts.every((part, at) => patterns[at]?.test(part));
  };
};
const numeric =
  (compare: (value: number, wanted: number) => boolean): Compare =>
  (wanted) =>
  (value) =>
    compare(Number(value), Number(wanted));

function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** An operator's comparison, and whether it is met when no value compares. */
const OPERATORS: Readonly<Record<string, readonly [compare: Compare, negated?: "negated"]>> = {
  StringEquals: [equals],
  StringNotEquals: [equals, "negated"],
  StringEqualsIgnoreCase: [equalsIgnoreCase],
  StringNotEqualsIgnoreCase: [equalsIgnoreCase, "negated"],
  StringLike: [like],
  StringNotLike: [like, "negated"],
  ArnEquals: [arnLike],
  ArnLike: [arnLike],
  ArnNotEquals: [arnLike, "negated"],
  ArnNotLike: [arnLike, "negated"],
  Bool: [equalsIgnoreCase],
  NumericEquals: [numeric((value, wanted) => value === wanted)],
  NumericNotEquals: [numeric((value, wanted) => value === wanted), "negated"],
  NumericLessThan: [numeric((value, wanted) => value < wanted)],
  NumericLessThanEquals: [numeric((value, wanted) => value <= wanted)],
  NumericGreaterThan: [numeric((value, wanted) => value > wanted)],
  NumericGreaterThanEquals: [numeric((value, wanted) => value >= wanted)],
};

type Test = (keys: ConditionKeys) => boolean;

/**
 * Reads a Condition: every operator and every key in it must be met.
 * @param rejected makes the error for an operator, key or policy variable that is not evaluated
 * @throws what `rejected` returns
 */
export function parseCondition(condition: unknown, rejected: (what: string) => Error): Test {
  const tests = Object.entries(nested(condition) ?? {}).flatMap(([operator, block]) =>
    Object.entries(nested(block) ?? {}).map(([key, wanted]) => parseTest(operator, key, wanted, rejected)),
  );
  return (keys) => tests.every((test) => test(keys));
}

function parseTest(operator: string, name: string, wanted: unknown, rejected: (what: string) => Error): Test {
  const key = name.toLowerCase();
  if (!KNOWN_KEYS.has(key)) throw rejected(`condition key ${name}`);
  const values = [wanted ?? []].flat().map(String);
  const variable = /\$\{[^}]*\}/.exec(values.join(" "));
  if (variable) throw rejected(`policy variable ${variable[0]}`);
  const [, qualifier, plain = "", ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  if (plain === "Null") return (keys) => values.includes(String(!keys[key]?.length));
  const row = Object.hasOwn(OPERATORS, plain) ? OPERATORS[plain] : undefined;
  if (!row) throw rejected(`condition operator ${operator}`);
  const [compare, negated] = row;
  const comparisons = values.map(compare);
  const matches = (value: string) => comparisons.some((test) => test(value)) !== (negated !== undefined);
  return (keys) => {
    const actual = keys[key] ?? [];
    if (qualifier === "ForAllValues") return actual.every(matches);
    if (actual.length === 0) return ifExists !== undefined || (negated !== undefined && qualifier === undefined);
    return negated && qualifier === undefined ? actual.every(matches) : actual.some(matches);
  };
}

/** Condition keys from text values; those without a value are absent. */
export function conditionKeys(values: JsonObject): ConditionKeys {
  const present = Object.entries(values).flatMap(([name, value]) => {
    const list = [value ?? []].flat().map(String);
    return list.length > 0 ? [[name.toLowerCase(), list] as const] : [];
  });
  return Object.fromEntries(present);
}

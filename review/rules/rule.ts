/** The shape of a rule, and of what it finds. */
import type { Kind } from "../kinds";
import type { Change, Plan } from "../plan/plan";
import { isUnknown, type Side } from "../plan/resolve";
import { asObject, hasMark, isObject, marksAt, own, pick } from "../plan/value";
import { mask, mergeMarks, SENSITIVE } from "../secrets/mask";

/** What stands in `looksAt` beside attributes: that something is created, or destroyed or replaced. */
export const CREATED = "(created)";
export const ENDED = "(ended)";

/** To add one, add a row to a file of this folder and a pair of plans to its test. */
export interface Rule {
  readonly kind: Kind;
  /** Within its kind, which dangers are read first. @default "medium" */
  readonly severity?: Severity;
  /** Why it matters, for a reader who does not know the resource. */
  readonly reason: string;
  /** What to do instead, or how to do it safely. */
  readonly advice: string;
  /**
   * The attributes that it judges, by type. A change of something that no rule looks at is reported as not judged.
   * @default - nothing of a resource
   */
  readonly looksAt?: Looks;
  readonly find: (plan: Plan) => readonly Finding[];
}

export const severities = ["high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

export type Looks = Readonly<Record<string, readonly string[]>>;

/** The same attributes of each type. */
export const looks = (types: readonly string[], ...attributes: readonly string[]): Looks =>
  Object.fromEntries(types.map((type) => [type, attributes]));

export interface Finding {
  readonly address: string;
  readonly attribute: string;
  /** As it may be printed: sensitive values are masked. */
  readonly before: unknown;
  readonly after: unknown;
  /** It was like that before: reported, but not an effect of this plan. */
  readonly standing?: boolean;
  /** The value is known only after apply. */
  readonly isUnknown?: boolean;
}

/** Of a value that is missing; shown even where the other side is hidden. */
export const NOT_SET = "not set";
export const KNOWN_AFTER_APPLY = "(known after apply)";

/** The place of a finding; `seen` replaces what the attribute holds by what matters in it. */
export function place(
  change: Change,
  attribute: string,
  seen: { before?: unknown; after?: unknown; standing?: boolean } = {},
): Finding {
  // marked on one side is hidden on both: the value may be the same
  const marks = mergeMarks(marksAt(change.beforeSensitive, attribute), marksAt(change.afterSensitive, attribute));
  const show = (side: Side, given: boolean, value: unknown) => {
    if (!given) return mask(pick(change[side], attribute), marks);
    return hasMark(marks) && value !== NOT_SET ? SENSITIVE : value;
  };
  const waits = !("after" in seen) && isUnknown(change, attribute);
  return {
    address: change.address,
    attribute,
    before: show("before", "before" in seen, seen.before),
    after: waits ? KNOWN_AFTER_APPLY : show("after", "after" in seen, seen.after),
    ...(seen.standing && { standing: true }),
  };
}

export const unknownFinding = (change: Change, attribute: string): Finding => ({
  ...place(change, attribute, { after: KNOWN_AFTER_APPLY }),
  after: KNOWN_AFTER_APPLY,
  isUnknown: true,
});

/** There before and after: updated, replaced or left as it is. */
export const stays = (change: Change): boolean => change.before !== undefined && change.after !== undefined;

/**
 * Whether an attribute of the configuration is known only after apply. Attributes that the provider computes are
 * unknown after many changes and mean nothing.
 */
export function unknowable(plan: Plan, change: Change, attribute: string): boolean {
  if (!isUnknown(change, attribute)) return false;
  const block = plan.block(change);
  return !block || isConfigured(block.expressions, attribute.split("."), marksAt(change.unknown, attribute));
}

/** An expression on the way to the attribute sets all of it; without one, the provider computes it. */
function isConfigured(expressions: unknown, path: readonly string[], unknown: unknown): boolean {
  let at = expressions;
  for (const segment of path) {
    at = pick(at, segment);
    if (at === undefined) return false;
    if (isExpression(at)) return true;
  }
  return setsUnknown(at, unknown);
}

/** An empty one is a function of constants. */
const isExpression = (at: unknown) =>
  isObject(at) && (Object.keys(at).length === 0 || "references" in at || "constant_value" in at);

/** Of nested blocks, some arguments are configured and others computed. The blocks of a set are in any order. */
function setsUnknown(at: unknown, unknown: unknown): boolean {
  if (at === undefined || !hasMark(unknown)) return false;
  if (unknown === true || isExpression(at)) return true;
  if (Array.isArray(unknown)) return unknown.some((marks) => setsUnknown(at, marks));
  if (Array.isArray(at)) return at.some((block) => setsUnknown(block, unknown));
  return Object.entries(asObject(unknown)).some(([name, marks]) => setsUnknown(own(at, name), marks));
}

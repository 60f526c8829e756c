/** The shape of a danger's row, and the searches that several rows share. */
import type { Kind } from "../kinds";
import type { Change, Plan } from "../plan/plan";
import { isUnknown, refersAsBefore, type Side } from "../plan/resolve";
import { hasMark, marksAt, pick } from "../plan/value";
import { mask, mergeMarks, SENSITIVE } from "../secrets/mask";

/** To add one, add a row to a file of this folder and a pair of plans to its test. */
export interface Danger {
  readonly kind: Kind;
  /** Why it matters, for a reader who does not know the resource. */
  readonly reason: string;
  /** What to do instead, or how to do it safely. */
  readonly advice: string;
  readonly find: (plan: Plan) => readonly Finding[];
}

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
    return hasMark(marks) ? SENSITIVE : value;
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
/** Destroyed or replaced. */
export const ends = (change: Change): boolean => change.verb === "destroy" || change.verb === "replace";

/**
 * Whether an attribute of the configuration is known only after apply. Attributes that the provider computes are
 * unknown after many changes and mean nothing.
 */
export function unknowable(plan: Plan, change: Change, attribute: string): boolean {
  if (!isUnknown(change, attribute)) return false;
  const block = plan.block(change);
  return !block || pick(block.expressions, attribute.split(".")[0] ?? attribute) !== undefined;
}

interface Weakening {
  readonly types: readonly string[];
  readonly attribute: string;
  /** Whether a change from one value to the other is the danger. */
  readonly worse: (before: unknown, after: unknown) => boolean;
}

/** An attribute of something that exists gets worse. */
export const weakened =
  ({ types, attribute, worse }: Weakening) =>
  (plan: Plan): Finding[] =>
    plan.ofType(...types).flatMap((change) => {
      if (!stays(change) || change.verb === "keep") return [];
      if (isUnknown(change, attribute)) {
        if (refersAsBefore(plan, change, attribute)) return [];
        if (unknowable(plan, change, attribute)) return [unknownFinding(change, attribute)];
      }
      return worse(pick(change.before, attribute), pick(change.after, attribute)) ? [place(change, attribute)] : [];
    });

interface BadValue {
  readonly types: readonly string[];
  readonly attribute: string;
  readonly bad: (value: unknown) => boolean;
  /** Whether it is as bad on something new. @default true */
  readonly onCreate?: boolean;
}

/** An attribute has a value that nothing should have: new where it was not so before, standing where it was. */
export const badValue =
  ({ types, attribute, bad, onCreate = true }: BadValue) =>
  (plan: Plan): Finding[] =>
    plan.ofType(...types).flatMap((change) => {
      if (!change.after || (!change.before && !onCreate)) return [];
      if (change.verb !== "keep" && unknowable(plan, change, attribute)) return [unknownFinding(change, attribute)];
      if (!bad(pick(change.after, attribute))) return [];
      const standing = change.before !== undefined && bad(pick(change.before, attribute));
      return [place(change, attribute, { ...(standing && { standing }) })];
    });

/** Something of these types is destroyed or replaced. */
export const ended =
  (...types: readonly string[]) =>
  (plan: Plan): Finding[] =>
    plan
      .ofType(...types)
      .filter(ends)
      .map(endedFinding);

/** Which attribute forces it, where Terraform says so. */
export function endedFinding(change: Change): Finding {
  const [path] = change.replacePaths;
  if (change.verb === "replace" && path !== undefined) return place(change, path);
  return {
    address: change.address,
    attribute: change.actionReason ?? change.verb,
    before: "exists",
    after: change.verb === "replace" ? "a new one" : "destroyed",
  };
}

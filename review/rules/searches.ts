/** The searches that most rules are made of: each says what it looks at, and finds it. */
import type { Change, Plan } from "../plan/plan";
import { isUnknown, refersAsBefore } from "../plan/resolve";
import { own, pick } from "../plan/value";
import { ENDED, type Finding, type Looks, looks, place, type Rule, stays, unknowable, unknownFinding } from "./rule";

type Search = Required<Pick<Rule, "looksAt" | "find">>;
type OneOrMore = string | readonly string[];

const listOf = (value: OneOrMore): readonly string[] => (typeof value === "string" ? [value] : value);
/** `password_policy` of `password_policy.minimum_length`. */
export function topLevel(attribute: string): string {
  const end = attribute.indexOf(".");
  return end < 0 ? attribute : attribute.slice(0, end);
}

/**
 * An attribute of something that exists changes for the worse; a value that is known only after apply is reported too.
 * @param worse whether the change from one value to the other is the danger
 */
export function onChange(
  types: OneOrMore,
  attributes: OneOrMore,
  worse: (before: unknown, after: unknown) => boolean,
): Search {
  const [all, paths] = [listOf(types), listOf(attributes)];
  return {
    looksAt: looks(all, ...paths.map(topLevel)),
    find: (plan) =>
      plan.ofType(...all).flatMap((change) => paths.flatMap((path) => worsening(plan, change, path, worse))),
  };
}

function worsening(
  plan: Plan,
  change: Change,
  path: string,
  worse: (before: unknown, after: unknown) => boolean,
): Finding[] {
  if (!stays(change) || change.verb === "keep" || isUntouched(change, topLevel(path))) return [];
  if (isUnknown(change, path)) {
    if (refersAsBefore(plan, change, path)) return [];
    if (unknowable(plan, change, path)) return [unknownFinding(change, path)];
  }
  return worse(pick(change.before, path), pick(change.after, path)) ? [place(change, path)] : [];
}

/**
 * An attribute has a value that nothing should have: new where it was not so before, standing where it was.
 * @param onCreate whether it is as bad on something new
 */
export function onValue(types: OneOrMore, path: string, bad: (value: unknown) => boolean, onCreate = true): Search {
  const all = listOf(types);
  return {
    looksAt: looks(all, topLevel(path)),
    find: (plan) =>
      plan.ofType(...all).flatMap((change) => {
        if (!change.after || (!change.before && !onCreate)) return [];
        if (change.verb !== "keep" && unknowable(plan, change, path)) return [unknownFinding(change, path)];
        if (!bad(pick(change.after, path))) return [];
        const standing = change.before !== undefined && bad(pick(change.before, path));
        return [place(change, path, { ...(standing && { standing }) })];
      }),
  };
}

/** Something of these types is destroyed or replaced. */
export function onEnd(...types: readonly string[]): Search {
  return {
    looksAt: looks(types, ENDED),
    find: (plan) =>
      plan
        .ofType(...types)
        .filter(ends)
        .map(endedFinding),
  };
}

/** Something of these types is destroyed, and nothing takes its place. */
export function onDestroy(...types: readonly string[]): Search {
  return {
    looksAt: looks(types, ENDED),
    find: (plan) =>
      plan
        .ofType(...types)
        .filter((change) => change.verb === "destroy")
        .map(endedFinding),
  };
}

/** What each of several searches finds. */
export const anyOf = (...searches: readonly Search[]): Search => ({
  looksAt: mergeLooks(...searches.map((search) => search.looksAt)),
  find: (plan) => searches.flatMap((search) => search.find(plan)),
});

export function mergeLooks(...all: readonly Looks[]): Looks {
  const merged: Record<string, string[]> = {};
  for (const looked of all) {
    for (const [type, attributes] of Object.entries(looked)) {
      const known = merged[type];
      if (known) known.push(...attributes);
      else merged[type] = [...attributes];
    }
  }
  return merged;
}

/** Absent or the same on both sides: most attributes of most changes, so it is asked first. */
function isUntouched({ before, after, unknown }: Change, attribute: string): boolean {
  const value = own(before, attribute);
  return (
    value === own(after, attribute) &&
    (typeof value !== "object" || value === null) &&
    unknown !== true &&
    own(unknown, attribute) === undefined
  );
}

/** Destroyed or replaced. */
export const ends = (change: Change): boolean => change.verb === "destroy" || change.verb === "replace";

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

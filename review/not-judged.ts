/** Changes that no rule looks at: "no danger found" says nothing about them. */
import { everywhere, harmless } from "./harmless";
import type { Change, Plan } from "./plan/plan";
import { asObject, isEmpty, keysOf, own, pick, same } from "./plan/value";
import { CREATED, ENDED, type Looks } from "./rules/rule";
import { topLevel } from "./rules/searches";

export interface NotJudged {
  readonly change: Change;
  /** Which of its attributes; none for the whole resource. */
  readonly attributes: readonly string[];
}

/** @param looked what the rules look at, all together */
export function notJudged(plan: Plan, looked: Looks): NotJudged[] {
  const known = new Map<string, ReadonlySet<string>>();
  const judged = (type: string) => {
    const found = known.get(type) ?? new Set([...(looked[type] ?? []), ...(harmless.get(type) ?? [])]);
    known.set(type, found);
    return found;
  };
  return plan.changes.flatMap((change) => {
    if (change.data || change.deposed || change.verb === "keep") return [];
    const looks = judged(change.type);
    if (change.verb !== "update" && !looks.has(change.verb === "create" ? CREATED : ENDED)) {
      return [{ change, attributes: [] }];
    }
    if (change.verb !== "update" && change.verb !== "replace") return [];
    // what forces a replacement is judged with it
    const forcing = new Set(change.replacePaths.map(topLevel));
    const isJudged = (name: string) => looks.has(name) || everywhere.has(name) || forcing.has(name);
    const attributes = changed(plan, change, isJudged);
    return attributes.length > 0 ? [{ change, attributes }] : [];
  });
}

/** Attributes that differ and are not judged, without those that the provider computes anew after every change. */
function changed(plan: Plan, change: Change, isJudged: (name: string) => boolean): string[] {
  const [before, after] = [asObject(change.before), asObject(change.after)];
  const isSet = (name: string) => !isEmpty(pick(plan.block(change)?.expressions, name));
  return keysOf(before, after).filter((name) => {
    if (isJudged(name)) return false;
    return own(change.unknown, name) === true ? isSet(name) : !same(own(before, name), own(after, name));
  });
}

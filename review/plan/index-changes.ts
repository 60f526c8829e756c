/** Indexes of the list of changes. */
import type { Change } from "./plan";
import { PlanError } from "./plan-error";
import { asText, own } from "./value";

export const blockKey = ({ module, type, name }: Pick<Change, "module" | "type" | "name">) =>
  `${module} ${type}.${name}`;

/** @throws PlanError when an address occurs twice: one of the two would be overlooked */
export function indexChanges(changes: readonly Change[]) {
  const byAddress = new Map<string, Change>();
  const byType = new Map<string, Change[]>();
  const byBlock = new Map<string, Change[]>();
  const dataByBlock = new Map<string, Change[]>();
  const byId = new Map<string, Change>();
  for (const change of changes) {
    if (change.data) append(dataByBlock, blockKey(change), change);
    if (change.deposed || change.data) continue;
    if (byAddress.has(change.address)) throw new PlanError("got a plan in which one address stands twice");
    byAddress.set(change.address, change);
    append(byType, change.type, change);
    append(byBlock, blockKey(change), change);
    for (const values of [change.after, change.before]) {
      const id = asText(own(values, "id"));
      if (id !== undefined) byId.set(`${change.type} ${id}`, change);
    }
  }
  return { byAddress, byType, byBlock, byId, dataByBlock };
}

export function append<K, T>(map: Map<K, T[]>, key: K, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

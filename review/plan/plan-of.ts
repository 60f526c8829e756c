/** A plan of a list of changes: the indexes by which everything else finds them. */
import type { Configuration } from "./configuration";
import { blockKey, indexChanges } from "./index-changes";
import type { Change, Plan } from "./plan";

type Rest = Pick<Plan, "outputs" | "drift" | "actions" | "failedChecks" | "imported" | "incomplete" | "redact">;

const NONE: readonly Change[] = [];

export function planOf(changes: readonly Change[], known: Configuration, rest: Rest): Plan {
  const index = indexChanges(changes);
  return {
    ...rest,
    changes,
    withChanges: (others) =>
      planOf(others, known, { ...rest, outputs: [], drift: [], actions: [], failedChecks: [], incomplete: [] }),
    ofType: (...types) => {
      let found: readonly Change[] | undefined;
      for (const type of types) {
        const own = index.byType.get(type);
        if (own) found = found ? found.concat(own) : own;
      }
      return found ?? NONE;
    },
    at: (address) => index.byAddress.get(address),
    withId: (type, id) => index.byId.get(`${type} ${id}`),
    block: (change) => known.blocks.get(blockKey(change)),
    moduleExpression: (module, kind, name) => known.expressions.get(`${module} ${kind} ${name}`),
    data: (module, type, name) => index.dataByBlock.get(blockKey({ module, type, name })) ?? [],
    instances: (module, type, name) => index.byBlock.get(blockKey({ module, type, name })) ?? [],
  };
}

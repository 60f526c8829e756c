/** A plan's changes, read from `terraform show -json`. */

export type Action = "create" | "update" | "delete" | "replace" | "no-op" | "read";

type Values = Readonly<Record<string, unknown>>;

interface ResourceChange {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Values | null;
    readonly after: Values | null;
    /** Attributes that are known only after apply. */
    readonly after_unknown: Values | boolean;
  };
}

export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  readonly errored?: boolean;
}

export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Names of the top-level attributes that differ, for an update. */
  readonly attributes: readonly string[];
}

/** @returns every managed resource of the plan, unchanged ones included. @throws Error for an incomplete plan */
export function readChanges(plan: PlanJson): PlannedChange[] {
  if (plan.errored) throw new Error("the plan was stopped by an error: part of it is missing");
  return (plan.resource_changes ?? [])
    .filter(({ mode }) => mode === "managed")
    .map((resource) => ({
      address: resource.address,
      type: resource.type,
      action: action(resource.change.actions),
      attributes: changedAttributes(resource),
    }));
}

function action(actions: readonly string[]): Action {
  return actions.length > 1 ? "replace" : (actions[0] as Action);
}

function changedAttributes({ change: { before, after, after_unknown } }: ResourceChange): string[] {
  if (!before || !after) return [];
  const unknown = typeof after_unknown === "boolean" ? {} : after_unknown;
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown)]);
  return [...names].filter(
    (name) => isUnknown(unknown[name]) || JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}

/** Whether anything below is `true`: known lists and objects are there too, empty. */
function isUnknown(mark: unknown): boolean {
  if (typeof mark === "object" && mark !== null) return Object.values(mark).some(isUnknown);
  return mark === true;
}

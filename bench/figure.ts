/** One line of the table: what was measured, beside its floor measured in the same run. */
import type { Spread } from "./measure";

export interface Row {
  readonly what: string;
  readonly unit: "ms" | "MB" | "kB" | "requests/s" | "packages";
  readonly value: Spread;
  /** The least that the same job can take. */
  readonly floor?: { readonly what: string; readonly value: Spread };
  readonly target?: Target;
}

/** `most`: as a multiple of the floor, or, without one, in the unit. `least` likewise, where more is better. */
export type Target = { readonly most: number } | { readonly least: number };

export interface Figure {
  /** What `npm run bench -- NAME` calls it. */
  readonly name: string;
  measure(workspace: Workspace): Promise<readonly Row[]>;
}

export interface Workspace {
  readonly projectRoot: string;
  /** A folder for this run's files, removed after it. */
  readonly scratch: string;
}

export const ratio = ({ value, floor }: Row): number | undefined => floor && value.median / floor.value.median;

export function met(row: Row): boolean | undefined {
  if (!row.target) return undefined;
  const measured = ratio(row) ?? row.value.median;
  return "most" in row.target ? measured <= row.target.most : measured >= row.target.least;
}

/** A row of the table: a measurement, and its floor measured in the same run. */
import type { Spread } from "./measure";

export interface Row {
  readonly what: string;
  readonly unit: "ms" | "MB" | "kB" | "requests/s" | "packages";
  readonly value: Spread;
  /** The minimum that the same job can take. */
  readonly floor?: { readonly what: string; readonly value: Spread };
  readonly target?: Target;
}

/** A multiple of the floor, or a value in the unit if there is no floor. `least` is for figures where more is better. */
export type Target = { readonly most: number } | { readonly least: number };

export interface Figure {
  /** NAME in `npm run bench -- NAME`. */
  readonly name: string;
  measure(workspace: Workspace): Promise<readonly Row[]>;
}

export interface Workspace {
  readonly projectRoot: string;
  /** Temporary folder of this figure, removed after it. */
  readonly scratch: string;
}

export const ratio = ({ value, floor }: Row): number | undefined => floor && value.median / floor.value.median;

export function met(row: Row): boolean | undefined {
  if (!row.target) return undefined;
  const measured = ratio(row) ?? row.value.median;
  return "most" in row.target ? measured <= row.target.most : measured >= row.target.least;
}

/** Pieces of the comment. None is wider than GitHub's column: tables hold short words only, and long text wraps. */
import { code, formatValue } from "./escape";
import { count, cut } from "./words";

/** Of an address or a value, in a line. */
const LENGTH = 120;
/** Of one danger at many places: names that are shown, and addresses that are folded. */
const NAMES = 6;
const PLACES = 50;

export interface Place {
  readonly address: string;
  readonly name: string | null;
}

export const value = (given: unknown): string => code(formatValue(given, LENGTH));

export const place = ({ address, name }: Place): string =>
  name === null || name === address ? value(address) : `${value(name)} (${value(address)})`;

/** The names, with the addresses folded. */
export function places(same: readonly Place[]): string {
  const names = [...new Set(same.flatMap(({ name }) => name ?? []))];
  const known = names.length === 0 ? same.slice(0, 1).map(({ address }) => address) : names;
  const shown = known.slice(0, NAMES).map(value).join(", ");
  const others = known.length > NAMES ? `, and ${known.length - NAMES} more` : "";
  const listed = same.slice(0, PLACES).map(({ address }) => value(address));
  const more = same.length > PLACES ? [`and ${same.length - PLACES} more`] : [];
  const addresses = [...listed, ...more].join("<br>");
  return `${shown}${others}<details><summary>${count(same.length, "address")}</summary>${addresses}</details>`;
}

/** A paragraph of lines. */
export const block = (lines: readonly string[]): string => lines.filter(Boolean).join("<br>\n");

export const fold = (title: string, content: string): string =>
  `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;

export const item = (text: string): string => `- ${text}`;

/** As many items as fit; the rest is counted, and not worked out. */
export function list<T>(budget: number, items: readonly T[], render: (one: T) => string, separator = "\n"): string {
  let text = "";
  for (const [i, one] of items.entries()) {
    const more = `${i === 0 ? "" : separator}${render(one)}`;
    if (text.length + more.length >= budget) return `${text}\n\n${cut(count(items.length - i, "item"))}`;
    text += more;
  }
  return text;
}

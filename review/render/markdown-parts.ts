/** Pieces of the comment. None is wider than GitHub's column: tables hold short words only, and long text wraps. */
import { code, formatValue } from "./escape";
import { count, cut } from "./words";

/** Of an address or a value, in a line. */
const LENGTH = 120;
/** Of one danger at many places: names that are shown, and addresses that are folded. */
const NAMES = 6;
const PLACES = 50;
/** Of a list of values, such as what a policy grants. */
const ITEMS = 3;
/** Of a value that is folded. */
const WHOLE = 1500;

export interface Place {
  readonly address: string;
  readonly name: string | null;
}

export const value = (given: unknown): string => code(formatValue(given, LENGTH));

export const place = ({ address, name }: Place): string =>
  name === null || name === address ? value(address) : `${value(name)} (${value(address)})`;

/** The names of many places; `addresses` folds the rest. */
export function places(same: readonly Place[]): string {
  const names = [...new Set(same.flatMap(({ name }) => name ?? []))];
  const known = names.length === 0 ? same.slice(0, 1).map(({ address }) => address) : names;
  const shown = known.slice(0, NAMES).map(value).join(", ");
  return known.length > NAMES ? `${shown}, and ${known.length - NAMES} more` : shown;
}

export function addresses(same: readonly Place[]): string {
  const listed = same.slice(0, PLACES).map(({ address }) => value(address));
  const more = same.length > PLACES ? [`and ${same.length - PLACES} more`] : [];
  return fold(count(same.length, "address"), [...listed, ...more].join("<br>"));
}

/** Of a list, the first items; `rest` folds all of them. */
export function short(given: unknown): string {
  if (!isList(given)) return value(given);
  const more = given.length > ITEMS ? `, and ${given.length - ITEMS} more` : "";
  return `${given.slice(0, ITEMS).map(value).join(", ")}${more}`;
}

/** The whole of what `short` has cut; empty when it has cut nothing. */
export function rest(title: string, given: unknown): string {
  const items = isList(given) ? given : [given];
  const isCut = items.length > ITEMS || items.some((item) => formatValue(item, WHOLE).length > LENGTH);
  if (!isCut) return "";
  const listed = items.slice(0, PLACES).map((one) => code(formatValue(one, WHOLE)));
  return fold(`${title}, in full`, listed.join("<br>"));
}

const isList = (given: unknown): given is readonly string[] =>
  Array.isArray(given) && given.length > 0 && given.every((one) => typeof one === "string");

/** A paragraph of lines. GitHub breaks the line at a line break too, so there is none. */
export const block = (lines: readonly string[]): string => lines.filter(Boolean).join("<br>");

/** Blank lines around the content: without them, Markdown in it is shown as it is written. */
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

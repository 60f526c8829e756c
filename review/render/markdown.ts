/** The comment on a pull request: what to decide first, evidence below it, and never more than GitHub takes. */

import type { Report, ReportedChange, ReportedCost, ReportedDanger } from "../report";
import { WHOLE_PLAN } from "../rules/whole-plan";
import { code, formatValue } from "./escape";
import { rawDiff } from "./raw-diff";
import { actionWords, changeCounts, count, cut, headline, questions } from "./words";

/** By this line the comment is found again, to be updated in place. */
export const MARKER = "<!-- plan-review -->";

/** GitHub rejects a comment of 65,536 characters or more. */
const LIMIT = 65_000;
/** What each part may take at most, so that the ones below are not starved. */
const DANGERS = 30_000;
const STANDING = 8_000;
const BILL = 3_000;
const CHANGES = 16_000;

/** Of an address or a value, in a table. */
const LENGTH = 160;
/** Of one danger at many places: names that are formatValue, and addresses that are folded. */
const NAMES = 6;
const PLACES = 50;

export function renderMarkdown(report: Report): string {
  const parts = [
    MARKER,
    `## ${report.verdict === "safe" ? "\u2705" : "\u274c"} ${headline(report)}`,
    summary(report),
    dangersTable(report.dangers),
    billTable(report.bill),
    folded(
      `Already so before this change (${report.standing.length})`,
      report.standing.length > 0 &&
        table(
          STANDING,
          ["Kind", "Where", "Why it matters"],
          groups(report.standing),
          (same) => `| ${same[0]?.kind} | ${places(same)} | ${same[0]?.reason} |`,
        ),
    ),
    changesTable(report.changes),
    report.notes.map((note) => `> ${note}`).join("\n>\n"),
  ];
  const text = parts.filter(Boolean).join("\n\n");
  return `${text}\n${rawDiff(report.changes, LIMIT - text.length)}`;
}

function summary(report: Report): string {
  const rows = questions.map(({ title, kinds }) => {
    const found = kinds.flatMap((kind) => {
      const own = report.dangers.filter((danger) => danger.kind === kind);
      const open = own.filter((danger) => !danger.allowed).length;
      return own.length === 0 ? [] : `**${kind}** ${own.length}${open === 0 ? " (allowed)" : ""}`;
    });
    return `| ${title} | ${found.join(", ") || "nothing found"} |`;
  });
  const costs = report.bill.length === 0 ? "nothing found" : `${count(report.bill.length, "change")}, below`;
  return [
    "| What it does to | |",
    "|---|---|",
    ...rows.slice(0, 3),
    `| Bill | ${costs} |`,
    ...rows.slice(3),
    `| Changes | ${changeCounts(report.changes)} |`,
  ].join("\n");
}

function dangersTable(dangers: readonly ReportedDanger[]): string {
  if (dangers.length === 0) return "";
  const row = (same: readonly ReportedDanger[]) => {
    const [danger] = same;
    if (!danger) return "";
    const kind = `**${danger.kind}**${danger.allowed ? "<br>allowed" : ""}`;
    const what = `${value(danger.attribute)}<br>${value(danger.before)} &rarr; ${value(danger.after)}`;
    return `| ${kind} | ${places(same)} | ${what} | ${danger.reason} **Instead:** ${danger.advice} |`;
  };
  const open = new Set(dangers.filter((item) => !item.allowed && item.address !== WHOLE_PLAN).map((item) => item.kind));
  const labels = [...open].map((kind) => `\`allow:${kind}\``).join(", ");
  const allow = labels && `\n\nIntended? A maintainer allows it with the label ${labels}.`;
  const rows = table(DANGERS, ["Kind", "Where", "What changes", "Why it matters"], groups(dangers), row);
  return `### Dangers\n\n${rows}${allow}`;
}

/** One danger at many places (an origin in every response) is one row. */
function groups(dangers: readonly ReportedDanger[]): ReportedDanger[][] {
  const found = new Map<string, ReportedDanger[]>();
  for (const danger of dangers) {
    const { kind, attribute, before, after, reason, allowed } = danger;
    const key = JSON.stringify([kind, attribute, before, after, reason, allowed]);
    const others = found.get(key);
    if (others) others.push(danger);
    else found.set(key, [danger]);
  }
  return [...found.values()];
}

/** For one place, its name and address; for many, the names, with the addresses folded. */
function places(same: readonly ReportedDanger[]): string {
  const [first] = same;
  if (!first || same.length === 1) return first ? place(first) : "";
  const listed = same.slice(0, PLACES).map((danger) => value(danger.address));
  const more = same.length > PLACES ? [`and ${same.length - PLACES} more`] : [];
  const names = [...new Set(same.flatMap((danger) => danger.name ?? []))];
  const known = names.length === 0 ? value(first.address) : names.slice(0, NAMES).map(value).join(", ");
  const others = names.length > NAMES ? `, and ${names.length - NAMES} more` : "";
  const addresses = [...listed, ...more].join("<br>");
  return `${known}${others}<details><summary>${same.length} addresses</summary>${addresses}</details>`;
}

const value = (given: unknown): string => code(formatValue(given, LENGTH));
const place = ({ address, name }: { address: string; name: string | null }): string =>
  name === null ? value(address) : `${value(name)}<br>${value(address)}`;

function billTable(costs: readonly ReportedCost[]): string {
  if (costs.length === 0) return "";
  const row = (cost: ReportedCost) =>
    `| ${place(cost)} | ${value(cost.attribute)} | ${value(cost.before)} &rarr; ${value(cost.after)} |`;
  return `### Bill\n\n${table(BILL, ["Where", "What", "Change"], costs, row)}`;
}

function changesTable(changes: readonly ReportedChange[]): string {
  if (changes.length === 0) return "";
  const actions = Object.keys(actionWords);
  const worstFirst = actions.flatMap((action) => changes.filter((change) => change.action === action));
  const rows = table(
    CHANGES,
    ["Action", "What", "Address"],
    worstFirst,
    ({ action, name, address, previousAddress }) => {
      const from = previousAddress === null ? "" : `<br>from ${value(previousAddress)}`;
      return `| ${action} | ${name === null ? "" : value(name)} | ${value(address)}${from} |`;
    },
  );
  return changes.length > 12 ? folded(`All changes: ${changeCounts(changes)}`, rows) : `### Changes\n\n${rows}`;
}

const folded = (title: string, content: string | false): string =>
  content === false ? "" : `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;

/** As many rows as fit; the rest is counted, and not worked out. */
function table<T>(budget: number, columns: readonly string[], items: readonly T[], row: (item: T) => string): string {
  let text = `| ${columns.join(" | ")} |\n${"|---".repeat(columns.length)}|`;
  for (const [i, item] of items.entries()) {
    const more = `\n${row(item)}`;
    if (text.length + more.length >= budget) return `${text}\n\n${cut(count(items.length - i, "row"))}`;
    text += more;
  }
  return text;
}

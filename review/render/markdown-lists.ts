/** What stands below the dangers: lists, folded where they are long. */
import type { ReportedChange, ReportedCost, ReportedDanger, ReportedDrift, ReportedNotJudged } from "../report-types";
import { fold, item, list, place, value } from "./markdown-parts";
import { actionWords, changeCounts, count } from "./words";

const STANDING = 8_000;
const BILL = 3_000;
const NOT_JUDGED = 6_000;
const DRIFT = 3_000;
const CHANGES = 14_000;
/** Longer lists are folded. */
const OPEN = 12;

const attributesOf = (attributes: readonly string[]): string =>
  attributes.length === 0
    ? ""
    : `: ${attributes.slice(0, 10).map(value).join(", ")}${attributes.length > 10 ? ", ..." : ""}`;

const foldIfLong = (title: string, length: number, content: string): string =>
  length > OPEN ? fold(title, content) : content;

export function notJudgedList(found: readonly ReportedNotJudged[]): string {
  if (found.length === 0) return "";
  const rows = list(NOT_JUDGED, found, (one) => item(`${one.action} ${place(one)}${attributesOf(one.attributes)}`));
  return `### Not judged\n\nNo rule looks at these changes: read them.\n\n${foldIfLong(count(found.length, "change"), found.length, rows)}`;
}

export function driftList(found: readonly ReportedDrift[]): string {
  if (found.length === 0) return "";
  const rows = list(DRIFT, found, (one) =>
    item(`${place(one)}${attributesOf(one.attributes)}: **${one.outcome}** by this plan`),
  );
  return `### Changed outside of Terraform since the last apply\n\n${foldIfLong(count(found.length, "resource"), found.length, rows)}`;
}

export function billList(costs: readonly ReportedCost[]): string {
  if (costs.length === 0) return "";
  const rows = list(BILL, costs, (cost) =>
    item(
      `${cost.name === null ? place(cost) : value(cost.name)} ${value(cost.attribute)}: ${value(cost.before)} &rarr; ${value(cost.after)}`,
    ),
  );
  return `### Bill\n\n${foldIfLong(count(costs.length, "change"), costs.length, rows)}`;
}

export function standingList(standing: readonly ReportedDanger[]): string {
  if (standing.length === 0) return "";
  const byReason = new Map<string, ReportedDanger[]>();
  for (const danger of standing) {
    const key = `**${danger.kind}** ${danger.reason}`;
    byReason.set(key, [...(byReason.get(key) ?? []), danger]);
  }
  const rows = list(STANDING, [...byReason], ([reason, same]) =>
    item(
      `${reason} ${same.slice(0, 8).map(nameOf).join(", ")}${same.length > 8 ? `, and ${same.length - 8} more` : ""}`,
    ),
  );
  return fold(`Already so before this change (${standing.length})`, rows);
}

const nameOf = ({ name, address }: ReportedDanger): string => value(name ?? address);

export function changesList(changes: readonly ReportedChange[]): string {
  if (changes.length === 0) return "";
  const worstFirst = Object.keys(actionWords).flatMap((action) => changes.filter((change) => change.action === action));
  const rows = list(CHANGES, worstFirst, (change) => {
    const from = change.previousAddress === null ? "" : `, from ${value(change.previousAddress)}`;
    return item(`${change.action} ${place(change)}${from}`);
  });
  return changes.length > OPEN ? fold(`All changes: ${changeCounts(changes)}`, rows) : `### Changes\n\n${rows}`;
}

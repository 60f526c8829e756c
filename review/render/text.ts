/** For a terminal. */
import type { Report, ReportedDanger } from "../report-types";
import { formatValue, visible } from "./escape";
import { actionWords, headline } from "./words";

const LENGTH = 300;

export function renderText(report: Report): string {
  const lines = [headline(report), ""];
  for (const danger of report.dangers) lines.push(...formatDanger(danger), "");
  if (report.standing.length > 0) {
    lines.push("Already so before:");
    for (const danger of report.standing) lines.push(`  ${danger.kind}  ${place(danger)}: ${danger.reason}`);
    lines.push("");
  }
  if (report.notJudged.length > 0) {
    lines.push("Not judged: no rule looks at");
    for (const item of report.notJudged) lines.push(`  ${item.action}  ${place(item)}${attributesOf(item)}`);
    lines.push("");
  }
  if (report.drift.length > 0) {
    lines.push("Changed outside of Terraform since the last apply:");
    for (const item of report.drift) lines.push(`  ${item.outcome} by this plan  ${place(item)}${attributesOf(item)}`);
    lines.push("");
  }
  if (report.bill.length > 0) {
    lines.push("Bill:");
    for (const cost of report.bill) {
      lines.push(
        `  ${place(cost)} ${visible(cost.attribute)}: ${formatValue(cost.before, LENGTH)} -> ${formatValue(cost.after, LENGTH)}`,
      );
    }
    lines.push("");
  }
  for (const change of report.changes) lines.push(`${actionWords[change.action]}  ${place(change)}`);
  lines.push("", ...report.notes.map((note) => `Note: ${visible(note)}`));
  return lines.join("\n");
}

function formatDanger(danger: ReportedDanger): string[] {
  return [
    `${danger.kind}${formatAllowed(danger)}  ${place(danger)}`,
    `  ${visible(danger.attribute)}: ${formatValue(danger.before, LENGTH)} -> ${formatValue(danger.after, LENGTH)}`,
    `  ${danger.reason}`,
    `  ${danger.advice}`,
  ];
}

const place = ({ address, name }: { address: string; name: string | null }) =>
  `${formatValue(address, LENGTH)}${name === null ? "" : ` (${formatValue(name, LENGTH)})`}`;

function formatAllowed({ allowed, allowedBecause }: ReportedDanger): string {
  if (!allowed) return "";
  return allowedBecause === null ? " (allowed)" : ` (allowed: ${formatValue(allowedBecause, LENGTH)})`;
}

const attributesOf = ({ attributes }: { attributes: readonly string[] }) =>
  attributes.length === 0 ? "" : `: ${attributes.map((name) => visible(name)).join(", ")}`;

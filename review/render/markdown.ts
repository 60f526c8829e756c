/** The comment on a pull request: what to decide first, evidence below it, and never more than GitHub takes. */
import type { Report, ReportedDanger } from "../report-types";
import { WHOLE_PLAN } from "../rules/whole-plan";
import { billList, changesList, driftList, notJudgedList, standingList } from "./markdown-lists";
import { addresses, block, fold, list, place, places, rest, short, value } from "./markdown-parts";
import { rawDiff } from "./raw-diff";
import { changeCounts, count, headline, questions, verdictSign } from "./words";

/** By this line the comment is found again, to be updated in place. */
export const MARKER = "<!-- plan-review -->";

/** GitHub rejects a comment of 65,536 characters or more. */
const LIMIT = 65_000;
/** What the dangers may take at most, so that the parts below are not starved. */
const DANGERS = 30_000;
/** So many are shown; the rest is folded. */
const OPEN = 15;

export function renderMarkdown(report: Report): string {
  const parts = [
    MARKER,
    `## ${verdictSign(report)} ${headline(report)}`,
    summary(report),
    dangersList(report.dangers),
    notJudgedList(report.notJudged),
    driftList(report.drift),
    billList(report.bill),
    standingList(report.standing),
    changesList(report.changes),
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
    ...(report.notJudged.length === 0 ? [] : [`| Not judged | ${count(report.notJudged.length, "change")}, below |`]),
    `| Changes | ${changeCounts(report.changes)} |`,
  ].join("\n");
}

function dangersList(dangers: readonly ReportedDanger[]): string {
  if (dangers.length === 0) return "";
  const all = groups(dangers);
  const first = list(DANGERS, all.slice(0, OPEN), dangerBlock, "\n\n");
  const further = all.slice(OPEN);
  const more =
    further.length === 0
      ? ""
      : `\n\n${fold(`${count(further.length, "further danger")}`, list(DANGERS - first.length, further, dangerBlock, "\n\n"))}`;
  const open = new Set(dangers.filter((item) => !item.allowed && item.address !== WHOLE_PLAN).map((item) => item.kind));
  const labels = [...open].map((kind) => `\`allow:${kind}\``).join(", ");
  const allow =
    labels &&
    `\n\nIntended? A maintainer allows it with the label ${labels}, and a line of the description says why: \`allow:KIND the reason\`.`;
  return `### Dangers\n\n${first}${more}${allow}`;
}

/** Kind and name, what changes in one line, why it matters, what to do. */
function dangerBlock(same: readonly ReportedDanger[]): string {
  const [danger] = same;
  if (!danger) return "";
  const because = danger.allowedBecause === null ? "" : `: ${value(danger.allowedBecause)}`;
  const allowed = danger.allowed ? `**Allowed**${because}` : "";
  const lines = block([
    `**${danger.kind}** ${same.length === 1 ? place(danger) : places(same)}`,
    allowed,
    `${value(danger.attribute)}: ${short(danger.before)} &rarr; ${short(danger.after)}`,
    danger.reason,
    `**Instead:** ${danger.advice}`,
  ]);
  const folded = [same.length > 1 ? addresses(same) : "", rest("Before", danger.before), rest("After", danger.after)];
  return [lines, ...folded].filter(Boolean).join("\n\n");
}

/** One danger at many places (an origin in every response) is one block. */
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

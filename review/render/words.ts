/** The words that every format shares. */
import { type Kind, kinds } from "../kinds";
import type { Report, ReportedChange } from "../report-types";

export const actionWords: Readonly<Record<ReportedChange["action"], string>> = {
  destroy: "destroy",
  replace: "replace",
  create: "create",
  update: "update",
  forget: "forget",
  move: "move",
};

export function headline(report: Report): string {
  const open = report.dangers.filter((danger) => !danger.allowed).length;
  const allowed = report.dangers.length - open;
  const unjudged = report.notJudged.length > 0 ? `; ${report.notJudged.length} not judged` : "";
  if (open > 0) return `Dangerous: ${count(open, "danger")}${allowed > 0 ? `, and ${allowed} allowed` : ""}${unjudged}`;
  const changes = count(report.changes.length, "change");
  if (allowed > 0) return `${count(allowed, "danger")} in ${changes}, all allowed${unjudged}`;
  if (report.changes.length === 0) return unjudged === "" ? "Safe: nothing changes" : `Nothing changes${unjudged}`;
  return `${unjudged === "" ? "Safe: no" : "No"} danger found in ${changes}${unjudged}`;
}

/** Not judged is not safe. */
export const verdictSign = (report: Report): string =>
  ({ safe: "\u2705", "partly-judged": "\u26a0\ufe0f", dangerous: "\u274c" })[report.verdict];

export const count = (number: number, what: string): string =>
  `${number} ${what}${number === 1 ? "" : what.endsWith("s") ? "es" : "s"}`;

/** `2 to destroy, 1 to update`, the worst first. */
export function changeCounts(changes: readonly ReportedChange[]): string {
  const words = Object.keys(actionWords) as ReportedChange["action"][];
  const counts = words.map((action) => [action, changes.filter((change) => change.action === action).length] as const);
  return (
    counts
      .filter(([, number]) => number > 0)
      .map(([action, number]) => `${number} to ${action}`)
      .join(", ") || "no changes"
  );
}

/** What a reviewer asks, in this order. */
export const questions: readonly { readonly title: string; readonly kinds: readonly Kind[] }[] = [
  { title: "Users and data", kinds: ["users-lost", "data-lost", "sessions-lost"] },
  { title: "Access", kinds: ["access-opened", "secret-shown"] },
  { title: "The API's clients", kinds: ["clients-broken", "no-effect"] },
  { title: "Trail and unknowns", kinds: kinds.filter((kind) => kind === "trail-lost" || kind === "unknown") },
];

export const cut = (what: string): string =>
  `**${what} cut**: GitHub takes 65,536 characters. \`npm run review -- plan.json\` shows all of it.`;

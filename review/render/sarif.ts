/** SARIF 2.1.0, for code scanning. A plan has no lines: results point at the plan's file, and at the resource by its address. */
import { createHash } from "node:crypto";
import { kinds } from "../kinds";
import type { Report, ReportedDanger, ReportedNotJudged } from "../report-types";
import { formatValue, visible } from "./escape";
import { escapeJson } from "./json";

const LENGTH = 300;
const NOT_JUDGED = "not-judged";
const HELP = "See docs/plan-review.md for what each kind means and how a danger is allowed.";

const descriptions: Readonly<Record<string, string>> = {
  "users-lost": "Accounts, or access to them, are lost",
  "data-lost": "Data is deleted, or guarded less",
  "sessions-lost": "Signed-in users are signed out, or keys stop fitting",
  "access-opened": "More callers get access, or more access",
  "clients-broken": "Requests that work today will fail",
  "no-effect": "The change does not reach callers",
  "secret-shown": "A secret stands where others read it",
  "trail-lost": "Logs, alarms or trails tell less",
  unknown: "The effect is known only after apply",
  [NOT_JUDGED]: "No rule looks at this change",
};
const ids = [...kinds, NOT_JUDGED];

/** @param file path of the plan, relative to the repository */
export function renderSarif(report: Report, file: string): string {
  const results = [
    ...report.dangers.map((danger) => dangerResult(danger, file, "new")),
    ...report.standing.map((danger) => dangerResult(danger, file, "unchanged")),
    ...report.notJudged.map((item) => notJudgedResult(item, file)),
  ];
  const driver = {
    name: "plan-review",
    informationUri: "https://developer.hashicorp.com/terraform/internals/json-format",
    rules: ids.map((id) => ({
      id,
      shortDescription: { text: descriptions[id] ?? id },
      help: { text: HELP },
      defaultConfiguration: { level: id === NOT_JUDGED ? "note" : "error" },
    })),
  };
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
  return escapeJson(JSON.stringify(log, null, 2));
}

function dangerResult(danger: ReportedDanger, file: string, baselineState: "new" | "unchanged"): object {
  const { kind, attribute, before, after, reason, advice, allowed, allowedBecause } = danger;
  const change = `${visible(attribute)}: ${formatValue(before, LENGTH)} -> ${formatValue(after, LENGTH)}`;
  const standing = baselineState === "unchanged";
  return {
    ...result(kind, danger, file, attribute),
    level: standing ? "note" : danger.severity === "low" ? "warning" : "error",
    message: { text: `${place(danger)}: ${reason} ${change}. ${advice}` },
    baselineState,
    ...(allowed && {
      suppressions: [{ kind: "external", ...(allowedBecause !== null && { justification: visible(allowedBecause) }) }],
    }),
  };
}

function notJudgedResult(item: ReportedNotJudged, file: string): object {
  const attributes = item.attributes.length === 0 ? "" : ` (${item.attributes.map(visible).join(", ")})`;
  return {
    ...result(NOT_JUDGED, item, file, item.attributes.join()),
    level: "note",
    message: { text: `${place(item)}: no rule looks at this ${item.action}${attributes}.` },
    baselineState: "new",
  };
}

function result(id: string, { address }: { address: string }, file: string, what: string) {
  return {
    ruleId: id,
    ruleIndex: ids.indexOf(id as (typeof ids)[number]),
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: visible(address), kind: "resource" }],
      },
    ],
    // the same danger keeps its alert from push to push
    partialFingerprints: { "planReview/v1": createHash("sha256").update(`${id} ${address} ${what}`).digest("hex") },
  };
}

const place = ({ address, name }: { address: string; name: string | null }): string =>
  `${formatValue(address, LENGTH)}${name === null ? "" : ` (${formatValue(name, LENGTH)})`}`;

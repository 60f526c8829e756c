/** `npm run review -- plan.json`: exit 0 nothing dangerous, 2 something dangerous, 1 not a plan. */
import { readFileSync } from "node:fs";
import { readArguments } from "./arguments";
import { PlanError } from "./plan/plan-error";
import { readPlan } from "./plan/read-plan";
import { visible } from "./render/escape";
import { renderJson } from "./render/json";
import { renderMarkdown } from "./render/markdown";
import { renderSarif } from "./render/sarif";
import { renderText } from "./render/text";
import { review } from "./report";
import { rules as builtIn } from "./rules";
import { loadRules, TEAM_RULES } from "./rules/load";

const renderers = { json: renderJson, markdown: renderMarkdown, sarif: renderSarif, text: renderText };

function main(): number {
  const { file, format, allowances, ruleFolders } = readArguments(process.argv.slice(2));
  try {
    const rules = [...builtIn, ...[TEAM_RULES, ...ruleFolders].flatMap(loadRules)];
    const report = review(readPlan(readFileSync(file, "utf8")), allowances, rules);
    process.stdout.write(`${renderers[format](report, file)}\n`);
    return report.verdict === "dangerous" ? 2 : 0;
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    throw new Error(`${file} must be what \`terraform show -json\` says of a saved plan: ${error.message}`);
  }
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message.split("\n").map(visible).join("\n") : "review failed");
  process.exitCode = 1;
}

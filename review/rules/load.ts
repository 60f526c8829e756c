/** A team's own rules: every TypeScript file of a folder exports `rules`, a list of rows like the built-in ones. */
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { isKind, kinds } from "../kinds";
import type { Rule } from "./rule";

/** Read without being named on the command line. */
export const TEAM_RULES = join(__dirname, "../team-rules");

/** @throws Error that names the file, the row and what is wrong with it */
export function loadRules(folder: string): Rule[] {
  if (!existsSync(folder)) throw new Error(`--rules must be a folder, got ${folder}`);
  const files = readdirSync(folder).filter((name) => /\.[cm]?[jt]s$/.test(name) && !/\.(test|d)\.[cm]?ts$/.test(name));
  const load = createRequire(__filename);
  return files.sort().flatMap((name) => {
    const path = resolve(folder, name);
    const { rules } = load(path) as { rules?: unknown };
    if (!Array.isArray(rules)) throw new Error(`${path} must export \`rules\`, a list`);
    return rules.map((rule, i) => check(rule, `${path}, rules[${i}]`));
  });
}

function check(rule: Partial<Rule>, where: string): Rule {
  const { kind, reason, advice, find } = rule;
  if (kind === undefined || !isKind(kind)) throw new Error(`${where}.kind must be one of ${kinds.join(", ")}`);
  if (!reason || !advice) throw new Error(`${where} must have a reason and an advice: the comment shows both`);
  if (typeof find !== "function") throw new Error(`${where}.find must be a function of the plan`);
  return { ...rule, kind, reason, advice, find };
}

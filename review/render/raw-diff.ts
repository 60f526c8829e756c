/** The plan itself, line by line, folded. */
import type { ReportedChange } from "../report-types";
import { formatValue } from "./escape";
import { actionWords, cut } from "./words";

const VALUE_LENGTH = 400;
/** For what stands around the lines. */
const FRAME = 400;

/** @param budget characters that are left in the comment */
export function rawDiff(changes: readonly ReportedChange[], budget: number): string {
  if (changes.length === 0 || budget < FRAME * 2) return changes.length === 0 ? "" : `\n${cut("The plan itself")}`;
  const kept: string[] = [];
  let size = FRAME;
  let left = false;
  for (const line of lines(changes)) {
    size += line.length + 1;
    left = size > budget;
    if (left) break;
    kept.push(line);
  }
  // No line of the plan can end the block: each begins with a sign or @@, and has no line break in it.
  const block = `\`\`\`diff\n${kept.join("\n")}\n\`\`\``;
  const more = left ? `\n\n${cut("The rest of the plan")}` : "";
  return `\n<details><summary>The plan, line by line</summary>\n\n${block}${more}\n\n</details>\n`;
}

/** As long as GitHub's column is wide. */
const WIDTH = 98;

/** A long value goes on in the next line, under the same sign. */
function* wrap(sign: string, text: string): Generator<string> {
  yield `${sign} ${text.slice(0, WIDTH)}`;
  for (let at = WIDTH; at < text.length; at += WIDTH - 2) yield `${sign}   ${text.slice(at, at + WIDTH - 2)}`;
}

/** One by one: of a large plan, most are never asked for. */
function* lines(changes: readonly ReportedChange[]): Generator<string> {
  for (const change of changes) {
    const name = change.name === null ? "" : ` (${formatValue(change.name, VALUE_LENGTH)})`;
    yield `@@ ${actionWords[change.action]} ${formatValue(change.address, VALUE_LENGTH)}${name} @@`;
    for (const { sign, path, value } of change.lines) {
      yield* wrap(sign, `${formatValue(path, VALUE_LENGTH)} = ${formatValue(value, VALUE_LENGTH)}`);
    }
  }
}

import type { Report } from "../report-types";

/** For programs. */
export function renderJson(report: Report): string {
  const { changes, ...rest } = report;
  return escapeJson(
    JSON.stringify(
      {
        ...rest,
        changes: changes.map(({ lines, ...change }) => ({
          ...change,
          attributes: [...new Set(lines.map((line) => line.path))],
        })),
      },
      null,
      2,
    ),
  );
}

/** Escapes the control and format characters that JSON.stringify leaves as they are. */
export const escapeJson = (text: string): string =>
  text.replace(/[\p{Cf}\u007f-\u009f\u2028\u2029]/gu, (char) =>
    char
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );

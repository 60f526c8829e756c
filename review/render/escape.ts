/** Text of a plan is untrusted: it may hold Markdown, HTML or terminal escape sequences. */

/** Control and format characters (line breaks, escapes, direction marks, zero widths) as `\u{1b}`. */
export const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);

/** A value on one line, at most `length` characters. */
export function formatValue(value: unknown, length: number): string {
  if (value === null || value === undefined) return "(none)";
  const whole = typeof value === "string" ? value || '""' : (JSON.stringify(value) ?? "(none)");
  // a file's content, say: what is cut off need not be made visible
  const text = visible(whole.slice(0, length + 1));
  return text.length <= length ? text : `${text.slice(0, length - 4).replace(/[\ud800-\udbff]$/, "")} ...`;
}

/** As code in Markdown, in a table too. Ordinary text keeps ordinary backticks, which can be read before it is rendered. */
export function code(text: string): string {
  if (/^[\w .,:;=+\-/"'(){}[\]*?%>]+$/.test(text) && text.trim() === text) return `\`${text}\``;
  return `<code>${text.replace(/[^\w .,\-/]/gu, (char) => `&#${char.codePointAt(0)};`)}</code>`;
}

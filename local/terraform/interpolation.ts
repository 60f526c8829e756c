/** A string of Terraform JSON, taken apart: literal text and `${...}` expressions in turn. */
export type Part = { readonly literal: string } | { readonly expression: string };

/**
 * Splits a string into literals and expressions; `$${` and `%%{` stand for themselves without the doubled sign.
 * https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function parts(source: string): Part[] {
  const found: Part[] = [];
  let literal = "";
  for (let at = 0; at < source.length; ) {
    const escaped = /^(\$\$|%%)\{/.test(source.slice(at, at + 3));
    if (escaped) {
      literal += source.slice(at + 1, at + 3);
      at += 3;
    } else if (source.startsWith("${", at)) {
      const end = closingBrace(source, at + 2);
      if (literal) found.push({ literal });
      literal = "";
      found.push({ expression: source.slice(at + 2, end).trim() });
      at = end + 1;
    } else {
      literal += source[at];
      at += 1;
    }
  }
  if (literal || found.length === 0) found.push({ literal });
  return found;
}

/** Index of the brace that closes an expression; braces inside its quoted strings do not count. */
function closingBrace(source: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < source.length; at++) {
    const char = source[at];
    if (quoted && char === "\\") at++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === "{") depth++;
    else if (!quoted && char === "}" && depth-- === 0) return at;
  }
  return source.length;
}

/** `a.b[0].c["d"]` as its steps; undefined if the expression is anything else (a function call, arithmetic, ...). */
export function traversal(expression: string): readonly string[] | undefined {
  const step = /\.?([A-Za-z_][\w-]*)|\.(\d+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/y;
  const steps: string[] = [];
  while (step.lastIndex < expression.length) {
    const match = step.exec(expression);
    if (!match) return undefined;
    steps.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? "");
  }
  return steps;
}

/** Every resource, data source, variable and local value that an expression names, whatever functions stand around. */
export function references(expression: string): string[] {
  const named = /(?<![\w.\]"-])((?:data\.)?(?:aws|archive)_\w+\.[\w-]+|(?:var|local|module)\.[\w-]+)/g;
  return [...expression.matchAll(named)].map((match) => match[1] ?? "");
}

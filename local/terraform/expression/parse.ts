import { createScanner, type Scanner } from "./scanner";
import { type Expression, type Loop, SyntaxFault } from "./syntax";

/** @throws SyntaxFault */
export function parseExpression(source: string): Expression {
  const scanner = createScanner(source);
  const parsed = expression(scanner);
  if (!scanner.atEnd()) throw scanner.fault("the end");
  return parsed;
}

/** A string of Terraform's JSON: text with `${...}` and `%{...}`. @throws SyntaxFault */
export function parseTemplate(source: string): Expression {
  const scanner = createScanner(source);
  return template(scanner, undefined);
}

/** `name = expression` in turn, as in a `.tfvars` file. @throws SyntaxFault */
export function parseAssignments(source: string): (readonly [string, Expression])[] {
  const scanner = createScanner(source);
  const found: (readonly [string, Expression])[] = [];
  while (!scanner.atEnd()) {
    const name = scanner.identifier() ?? "";
    if (name === "") throw scanner.fault("a name");
    scanner.expect("=");
    found.push([name, expression(scanner)]);
  }
  return found;
}

const OPERATORS = [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];

function expression(scanner: Scanner): Expression {
  const condition = binary(scanner, 0);
  if (!scanner.take("?")) return condition;
  const yes = expression(scanner);
  scanner.expect(":");
  return { kind: "if", condition, yes, no: expression(scanner) };
}

function binary(scanner: Scanner, level: number): Expression {
  const operators = OPERATORS[level];
  if (!operators) return unary(scanner);
  let left = binary(scanner, level + 1);
  for (;;) {
    const operator = operators.find((one) => scanner.take(one));
    if (!operator) return left;
    left = { kind: "binary", operator, left, right: binary(scanner, level + 1) };
  }
}

function unary(scanner: Scanner): Expression {
  const operator = ["!", "-"].find((one) => scanner.take(one));
  return operator ? { kind: "unary", operator, of: unary(scanner) } : postfix(scanner, primary(scanner));
}

function postfix(scanner: Scanner, of: Expression): Expression {
  if (scanner.take("[*]")) return splat(scanner, of, postfix);
  if (scanner.take(".*")) return splat(scanner, of, attributes);
  if (scanner.take("[")) {
    const key = expression(scanner);
    scanner.expect("]");
    return postfix(scanner, { kind: "index", of, key });
  }
  const name = scanner.attribute();
  return name === undefined ? of : postfix(scanner, { kind: "attribute", of, name });
}

type Rest = (scanner: Scanner, of: Expression) => Expression;

const splat = (scanner: Scanner, of: Expression, rest: Rest): Expression => {
  const each = rest(scanner, { kind: "item" });
  const whole: Expression = { kind: "splat", of, each };
  return rest === attributes ? postfix(scanner, whole) : whole;
};

/** After `.*` only attributes belong to each element; an index is into the list. */
const attributes: Rest = (scanner, of) => {
  const name = scanner.attribute();
  return name === undefined ? of : attributes(scanner, { kind: "attribute", of, name });
};

function primary(scanner: Scanner): Expression {
  if (scanner.take("(")) {
    const inner = expression(scanner);
    scanner.expect(")");
    return inner;
  }
  if (scanner.take('"')) return template(scanner, '"');
  if (scanner.take("[")) return list(scanner);
  if (scanner.take("{")) return object(scanner);
  const number = scanner.number();
  if (number !== undefined) return { kind: "literal", value: number };
  const name = scanner.identifier();
  if (name === undefined) throw scanner.fault("an expression");
  if (scanner.take("(")) return call(scanner, name);
  const constant = CONSTANTS.get(name);
  return constant === undefined ? { kind: "name", name } : { kind: "literal", value: constant };
}

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function call(scanner: Scanner, name: string): Expression {
  const args: Expression[] = [];
  let expand = false;
  while (!scanner.take(")")) {
    args.push(expression(scanner));
    expand = scanner.take("...");
    if (!scanner.take(",") && !scanner.sees(")")) throw scanner.fault(", or )");
  }
  return { kind: "call", name, args, expand };
}

function list(scanner: Scanner): Expression {
  if (scanner.takeWord("for")) {
    const loop = loopHead(scanner);
    scanner.expect(":");
    const value = expression(scanner);
    const condition = filter(scanner);
    scanner.expect("]");
    return { kind: "for", loop, key: undefined, value, condition, grouped: false };
  }
  const items: Expression[] = [];
  while (!scanner.take("]")) {
    items.push(expression(scanner));
    if (!scanner.take(",") && !scanner.sees("]")) throw scanner.fault(", or ]");
  }
  return { kind: "list", items };
}

function object(scanner: Scanner): Expression {
  if (scanner.takeWord("for")) {
    const loop = loopHead(scanner);
    scanner.expect(":");
    const key = expression(scanner);
    scanner.expect("=>");
    const value = expression(scanner);
    const grouped = scanner.take("...");
    const condition = filter(scanner);
    scanner.expect("}");
    return { kind: "for", loop, key, value, condition, grouped };
  }
  const entries: (readonly [Expression, Expression])[] = [];
  while (!scanner.take("}")) {
    const isComputed = scanner.sees("(");
    const key = expression(scanner);
    if (!scanner.take("=") && !scanner.take(":")) throw scanner.fault("= or :");
    // A bare name as a key is text.
    const name: Expression = key.kind === "name" && !isComputed ? { kind: "literal", value: key.name } : key;
    entries.push([name, expression(scanner)]);
    scanner.take(","); // or a new line
  }
  return { kind: "object", entries };
}

/** `k, v in collection` after the word `for`. */
function loopHead(scanner: Scanner): Loop {
  const first = scanner.identifier();
  const second = scanner.take(",") ? scanner.identifier() : undefined;
  if (first === undefined || !scanner.takeWord("in")) throw scanner.fault("NAME in");
  const of = expression(scanner);
  return second === undefined ? { key: undefined, value: first, of } : { key: first, value: second, of };
}

const filter = (scanner: Scanner) => (scanner.takeWord("if") ? expression(scanner) : undefined);

/** @param end the quote that ends it; without one, the end of the source. Only quoted templates have escapes. */
function template(scanner: Scanner, end: '"' | undefined): Expression {
  const { parts, keyword } = templateParts(scanner, end);
  if (keyword !== undefined) throw scanner.fault(`no %{ ${keyword} }`);
  const [only] = parts;
  if (parts.length === 0) return { kind: "literal", value: "" };
  return only && parts.length === 1 ? only : { kind: "template", parts };
}

/** Parts up to the end, or up to a directive that belongs to an outer one: `else`, `endif`, `endfor`. */
function templateParts(scanner: Scanner, end: '"' | undefined): { parts: Expression[]; keyword: string | undefined } {
  const parts: Expression[] = [];
  for (;;) {
    const text = scanner.text(end);
    if (text !== "") parts.push({ kind: "literal", value: text });
    const opened = scanner.open();
    if (opened === undefined) return { parts, keyword: undefined };
    if (opened === "${") {
      const inner = expression(scanner);
      scanner.close();
      parts.push(inner);
      continue;
    }
    const keyword = scanner.identifier() ?? "";
    if (keyword !== "if" && keyword !== "for") {
      scanner.close();
      return { parts, keyword };
    }
    parts.push(keyword === "if" ? ifDirective(scanner, end) : forDirective(scanner, end));
  }
}

function ifDirective(scanner: Scanner, end: '"' | undefined): Expression {
  const condition = expression(scanner);
  scanner.close();
  const yes = templateParts(scanner, end);
  const no = yes.keyword === "else" ? templateParts(scanner, end) : { parts: [], keyword: yes.keyword };
  if (no.keyword !== "endif") throw scanner.fault("%{ endif }");
  return { kind: "if", condition, yes: joined(yes.parts), no: joined(no.parts) };
}

function forDirective(scanner: Scanner, end: '"' | undefined): Expression {
  const loop = loopHead(scanner);
  scanner.close();
  const { parts, keyword } = templateParts(scanner, end);
  if (keyword !== "endfor") throw scanner.fault("%{ endfor }");
  return { kind: "repeat", loop, body: joined(parts) };
}

/** A template that is always text. */
const joined = (parts: readonly Expression[]): Expression => ({
  kind: "template",
  parts: [{ kind: "literal", value: "" }, ...parts],
});

export { SyntaxFault };

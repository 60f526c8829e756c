/** Values that a schema is likely to take, for fast-check: made from its types, bounds and formats. */
import fc from "fast-check";
import type { GenericSchema } from "valibot";

interface Node {
  readonly kind: string;
  readonly type: string;
  readonly pipe?: readonly Node[];
  readonly requirement?: unknown;
  readonly wrapped?: Node;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly rest?: Node;
  readonly item?: Node;
  readonly items?: readonly Node[];
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly key?: Node;
  readonly value?: Node;
  readonly getter?: (input: unknown) => Node;
}

/** Any code point; half of the strings hold letters only. */
const text = (bounds: fc.StringSharedConstraints) =>
  fc.oneof(
    fc.string({ ...bounds, unit: fc.constantFrom(..."abcXYZ019") }),
    fc.string({ ...bounds, unit: fc.constantFrom("a", " ", "é", "😀", "\n", "\u00a0", "٣") }),
  );

const formats: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  email: fc.constantFrom("ada@example.com", "a.b+c@sub.example.org"),
  uuid: fc.uuid(),
  // Not `fc.webUrl()`, which spends a second on a table of all code points, in every test file that loads this one.
  url: fc.constantFrom("https://example.com/a/b?c=d&e#f", "http://localhost:8080"),
  iso_date: fc.constantFrom("2026-01-31", "1999-12-01"),
  iso_time: fc.constantFrom("09:30", "23:59"),
  iso_date_time: fc.constantFrom("2026-01-31T09:30"),
  iso_timestamp: fc.constantFrom("2026-01-31T09:30:00Z", "2026-01-31T09:30:00.123+02:00"),
  digits: fc.stringMatching(/^\d{1,9}$/),
  hexadecimal: fc.stringMatching(/^[\da-f]{1,9}$/),
};

/** @returns inputs of the schema, as JSON would carry them; most of them valid, some not */
export const inputOf = (schema: GenericSchema): fc.Arbitrary<unknown> => build(schema as unknown as Node, 3);

function build(node: Node, depth: number): fc.Arbitrary<unknown> {
  if (node.pipe) return piped(node.pipe, depth);
  switch (node.type) {
    case "string":
      return text({});
    case "number":
      return number({});
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "bigint":
      return fc.bigInt();
    case "date":
      return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) });
    case "literal":
      return fc.constant(node.literal);
    case "picklist":
    case "enum":
      return fc.constantFrom(...(node.options ?? []));
    case "array":
      return list(node, {}, depth);
    case "tuple":
    case "strict_tuple":
    case "loose_tuple":
    case "tuple_with_rest":
      return fc.tuple(...(node.items ?? []).map((item) => build(item, depth)));
    case "record":
      return fc.dictionary(build(node.key as Node, depth).map(String), build(node.value as Node, depth), {
        maxKeys: 3,
      });
    case "union":
    case "variant":
      return fc.oneof(...(node.options as Node[]).map((option) => build(option, depth)));
    case "intersect":
      return fc.tuple(...(node.options as Node[]).map((option) => build(option, depth))).map(merged);
    case "lazy":
      return depth > 0 ? build(node.getter?.(undefined) as Node, depth - 1) : fc.constant({});
  }
  if (node.entries) return object(node.entries, depth);
  if (node.wrapped) {
    const empty = node.type.startsWith("null") ? [fc.constant(null)] : [];
    return fc.oneof({ arbitrary: build(node.wrapped, depth), weight: 3 }, ...empty);
  }
  return fc.jsonValue({ maxDepth: 1 });
}

const optional = ["optional", "exact_optional", "nullish", "undefinedable"];

function object(entries: Readonly<Record<string, Node>>, depth: number) {
  const required = Object.keys(entries).filter((key) => !optional.includes(entries[key]?.type ?? ""));
  const values = Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, build(entry, depth)]));
  return fc.record(values, { requiredKeys: required });
}

const merged = (parts: readonly unknown[]) => Object.assign({}, ...parts);

function number(limits: { min?: number; max?: number; whole?: boolean }): fc.Arbitrary<number> {
  const { min = -1e6, max = Math.max(1e6, min), whole = false } = limits;
  return whole
    ? fc.integer({ min: Math.ceil(min), max: Math.floor(max) })
    : fc.oneof(
        fc.double({ min, max, noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(min, max, Math.ceil(min), Math.floor(max)),
      );
}

function list(node: Node, bounds: { minLength?: number; maxLength?: number }, depth: number) {
  return fc.array(build(node.item as Node, depth), { maxLength: Math.max(3, bounds.minLength ?? 0), ...bounds });
}

/** The first schema of a pipe, within the bounds that follow it. */
function piped([first, ...rest]: readonly Node[], depth: number): fc.Arbitrary<unknown> {
  const found = new Map(rest.map(({ type, requirement }) => [type, requirement]));
  const bound = (type: string) => (found.has(type) ? Number(found.get(type)) : undefined);
  const minLength = bound("min_length") ?? bound("length") ?? (found.has("non_empty") ? 1 : undefined);
  const maxLength = bound("max_length") ?? bound("length");
  const lengths = { ...(minLength !== undefined && { minLength }), ...(maxLength !== undefined && { maxLength }) };
  const format = [...found.keys()].find((type) => formats[type]);
  const pattern = found.get("regex");
  switch (first?.type) {
    case "string":
      if (format) return formats[format] as fc.Arbitrary<unknown>;
      if (pattern instanceof RegExp) return fc.stringMatching(new RegExp(pattern.source));
      return text(lengths);
    case "number": {
      const min = bound("min_value") ?? bound("gt_value") ?? bound("value");
      const max = bound("max_value") ?? bound("lt_value") ?? bound("value");
      return number({
        ...(min !== undefined && { min }),
        ...(max !== undefined && { max }),
        whole: found.has("integer") || found.has("safe_integer"),
      });
    }
    case "array":
      return list(first, lengths, depth);
    default:
      return build(first as Node, depth);
  }
}

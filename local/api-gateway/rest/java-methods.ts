/** Methods of Java's strings, lists and maps that VTL templates call and the library does not know. */

type Method = (of: never, args: readonly unknown[]) => unknown;
type Methods = Readonly<Record<string, Method>>;

const text = (value: unknown) => String(value ?? "");
/** Java's regular expressions match the whole text. */
const whole = (pattern: unknown) => new RegExp(`^(?:${text(pattern)})$`, "su");

const STRING: Methods = {
  contains: (of: string, [part]) => of.includes(text(part)),
  endsWith: (of: string, [end]) => of.endsWith(text(end)),
  equals: (of: string, [other]) => of === other,
  equalsIgnoreCase: (of: string, [other]) => of.toLowerCase() === text(other).toLowerCase(),
  indexOf: (of: string, [part]) => of.indexOf(text(part)),
  isEmpty: (of: string) => of === "",
  lastIndexOf: (of: string, [part]) => of.lastIndexOf(text(part)),
  length: (of: string) => of.length,
  matches: (of: string, [pattern]) => whole(pattern).test(of),
  replace: (of: string, [part, by]) => of.replaceAll(text(part), () => text(by)),
  replaceAll: (of: string, [pattern, by]) => of.replace(new RegExp(text(pattern), "gu"), text(by)),
  replaceFirst: (of: string, [pattern, by]) => of.replace(new RegExp(text(pattern), "u"), text(by)),
  split: (of: string, [pattern]) => of.split(new RegExp(text(pattern), "u")),
};

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const LIST: Methods = {
  add: (of: unknown[], args) => {
    if (args.length === 2) of.splice(Number(args[0]), 0, args[1]);
    else of.push(args[0]);
    return true;
  },
  addAll: (of: unknown[], [others]) => of.push(...(others as unknown[])) > 0,
  contains: (of: unknown[], [item]) => of.some((one) => same(one, item)),
  get: (of: unknown[], [index]) => of[Number(index)],
  isEmpty: (of: unknown[]) => of.length === 0,
  set: (of: unknown[], [index, item]) => {
    const before = of[Number(index)];
    of[Number(index)] = item;
    return before;
  },
};

const own = (of: Record<string, unknown>, key: unknown) => (Object.hasOwn(of, text(key)) ? of[text(key)] : undefined);

const MAP: Methods = {
  containsKey: (of: Record<string, unknown>, [key]) => Object.hasOwn(of, text(key)),
  containsValue: (of: Record<string, unknown>, [value]) => Object.values(of).some((one) => same(one, value)),
  get: own as Method,
  getOrDefault: (of: Record<string, unknown>, [key, fallback]) => own(of, key) ?? fallback,
  isEmpty: (of: Record<string, unknown>) => Object.keys(of).length === 0,
  /** Returns the value before, as Java does. */
  put: (of: Record<string, unknown>, [key, value]) => {
    const before = own(of, key);
    Object.defineProperty(of, text(key), { value, configurable: true, enumerable: true, writable: true });
    return before;
  },
  putAll: (of: Record<string, unknown>, [others]) => void Object.assign(of, others),
  remove: (of: Record<string, unknown>, [key]) => {
    const before = own(of, key);
    delete of[text(key)];
    return before;
  },
  values: (of: Record<string, unknown>) => Object.values(of),
};

function methodsOf(value: unknown): Methods | undefined {
  if (typeof value === "string") return STRING;
  if (Array.isArray(value)) return LIST;
  // Objects with methods of their own are `$input`, `$util` and the maps of `$input.params()`.
  const isPlain = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? MAP : undefined;
}

interface Call {
  readonly property: string;
  readonly context: unknown;
  readonly params?: readonly unknown[];
}

function methodFor({ property, context }: Call): Method | undefined {
  const methods = methodsOf(context);
  const isOwn =
    typeof context === "object" &&
    context !== null &&
    typeof own(context as Record<string, unknown>, property) === "function";
  return methods && !isOwn && Object.hasOwn(methods, property) ? methods[property] : undefined;
}

/** For the library's option `customMethodHandlers`. */
export const javaMethods = [
  {
    uid: "java",
    match: (call: Call) => methodFor(call) !== undefined,
    resolve: (call: Call) => methodFor(call)?.(call.context as never, call.params ?? []),
  },
];

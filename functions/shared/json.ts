/** Reads values of unknown shape: events and the bodies of requests and responses. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value's own property; undefined if the value is not an object or lacks it. */
export const property = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** As `property`, and undefined unless it is a string. */
export const stringProperty = (value: unknown, key: string): string | undefined => {
  const found = property(value, key);
  return typeof found === "string" ? found : undefined;
};

/** Keys that would reach an object's prototype if they were copied carelessly: no request may hold them. */
export const isPrototypeKey = (key: string): boolean =>
  key === "__proto__" || key === "constructor" || key === "prototype";

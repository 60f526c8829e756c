/** Reading of values whose shape nobody vouches for: events and answers. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value's own property; undefined for anything that has none, whatever the value is. */
export const property = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

export const stringProperty = (value: unknown, key: string): string | undefined => {
  const found = property(value, key);
  return typeof found === "string" ? found : undefined;
};

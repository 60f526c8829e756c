import type { BaseIssue } from "valibot";

const numbers = {
  min_value: "at least",
  max_value: "at most",
  gt_value: "greater than",
  lt_value: "less than",
  multiple_of: "a multiple of",
  value: "equal to",
};

const texts = { starts_with: "start with", ends_with: "end with", includes: "hold", regex: "match" };

const forms = {
  email: "an email address",
  rfc_email: "an email address",
  url: "a URL",
  uuid: "a UUID",
  ulid: "a ULID",
  integer: "a whole number",
  safe_integer: "a whole number",
  finite: "a finite number",
  iso_date: "a date such as 2026-01-31",
  iso_time: "a time such as 09:30",
  iso_date_time: "a time such as 2026-01-31T09:30",
  iso_timestamp: "a time such as 2026-01-31T09:30:00Z",
};

const types = {
  string: "a string",
  number: "a number",
  boolean: "true or false",
  Object: "an object",
  Array: "an array",
  Date: "a date such as 2026-01-31",
};

const word = (words: object, key: string): string | undefined =>
  Object.entries(words).find(([name]) => name === key)?.[1];

/** The rest of the sentence "<field> must ...". It never quotes the value. */
export function rule({ type, requirement, expected, input }: BaseIssue<unknown>): string {
  const limit = requirement instanceof Date ? requirement.toISOString() : String(requirement);
  const size = Array.isArray(input)
    ? (count: string) => `hold ${count} item${limit === "1" ? "" : "s"}`
    : (count: string) => `be ${count} character${limit === "1" ? "" : "s"} long`;
  switch (type) {
    case "non_empty":
      return "not be empty";
    case "min_length":
      return limit === "1" ? "not be empty" : size(`at least ${limit}`);
    case "max_length":
      return size(`at most ${limit}`);
    case "length":
      return size(`exactly ${limit}`);
  }
  const number = word(numbers, type);
  if (number) return `be ${number} ${limit}`;
  const text = word(texts, type);
  if (text) return `${text} ${limit}`;
  const form = word(forms, type);
  return form ? `be ${form}` : kind(expected);
}

/** From valibot's notation of types: `string`, `("a" | "b")`, `(number | null)`. */
function kind(expected: string | null): string {
  const parts = expected?.replace(/^\((.*)\)$/s, "$1").split(" | ") ?? [];
  const values = parts.filter((part) => /^("|-?\d)/.test(part));
  if (values.length > 1 && values.length === parts.length) {
    return `be one of ${values.map((value) => value.replace(/^"(.*)"$/s, "$1")).join(", ")}`;
  }
  const known = parts
    .filter((part) => part !== "undefined")
    .map((part) => word(types, part) ?? (/^("|-?\d|true$|false$|null$)/.test(part) ? part : undefined));
  return known.length > 0 && !known.includes(undefined) ? `be ${known.join(" or ")}` : "have the form that is expected";
}

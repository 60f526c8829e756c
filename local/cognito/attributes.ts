import type { AttributeSchema } from "./attribute-schema";
import { invalidParameter, notAuthorized } from "./errors";
import type { LocalUserPool } from "./local-user-pool";
import type { User } from "./store";

export type Attributes = Record<string, string>;
type AttributeList = readonly { readonly Name: string; readonly Value: string }[];

export const attributeList = (user: User) => [
  { Name: "sub", Value: user.sub },
  ...Object.entries(user.attributes).map(([Name, Value]) => ({ Name, Value })),
];

/**
 * Checks a request's attributes against the pool's schema.
 * @throws InvalidParameterException naming every attribute that breaks its rule.
 */
export function checkedAttributes(pool: LocalUserPool, list: AttributeList): Attributes {
  const problems = list.flatMap(({ Name, Value }) => {
    const problem = violation(
      pool.attributes.find((one) => one.name === Name),
      Value,
    );
    return problem ? [`${Name}: ${problem}`] : [];
  });
  throwIfAny(problems);
  const attributes = Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]));
  if ("sub" in attributes) throw invalidParameter("Cannot modify the non-mutable attribute sub");
  if (attributes.email && !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(attributes.email))
    throw invalidParameter("Invalid email address format.");
  if (attributes.phone_number && !/^\+\d{1,15}$/.test(attributes.phone_number))
    throw invalidParameter("Invalid phone number format.");
  return attributes;
}

/** Only Cognito and an administrator may set whether an address is verified. */
export function rejectVerifiedFlags(attributes: Attributes): void {
  if ("email_verified" in attributes || "phone_number_verified" in attributes) {
    throw notAuthorized("A client attempted to write unauthorized attribute");
  }
}

/** @throws InvalidParameterException if an attribute that the pool requires is missing. */
export const requireAttributes = (pool: LocalUserPool, attributes: Attributes): void =>
  throwIfAny(missingAttributes(pool, attributes).map((name) => `${name}: The attribute is required`));

export const missingAttributes = (pool: LocalUserPool, attributes: Attributes): string[] =>
  pool.attributes
    .filter(({ name, required }) => required && name !== "sub" && !attributes[name])
    .map(({ name }) => name);

/**
 * Writes checked attributes; an empty value removes one. A new e-mail address is not verified.
 * @returns whether the address is a new one
 * @throws InvalidParameterException for a change of an immutable attribute or the removal of a required one.
 */
export function updateAttributes(pool: LocalUserPool, user: User, changes: Attributes, now: number): boolean {
  const fixed = pool.attributes.find(({ name, mutable }) => !mutable && name in changes && name in user.attributes);
  if (fixed) throw invalidParameter(`user.${fixed.name}: Attribute cannot be updated.\n`);
  requireAttributes(pool, { ...user.attributes, ...changes });
  const moved = changes.email !== undefined && changes.email !== user.attributes.email;
  const merged = { ...user.attributes, ...(moved ? { email_verified: "false" } : {}), ...changes };
  user.attributes = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ""));
  user.modifiedAt = now;
  return moved;
}

function throwIfAny(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw invalidParameter(`Attributes did not conform to the schema: ${problems.map((line) => `${line}\n`).join("")}`);
}

function violation(schema: AttributeSchema | undefined, value: string): string | undefined {
  if (!schema) return "Attribute does not exist in the schema.";
  const { type, min, max } = schema;
  if (type === "Boolean") return /^(true|false)$/i.test(value) ? undefined : "Boolean must be either true or false.";
  if (type === "Number") {
    if (!/^-?\d+$/.test(value)) return "Number is not in the correct format.";
    if (Number(value) < min) return `Number must be no less than ${min}`;
    return Number(value) > max ? `Number must be no greater than ${max}` : undefined;
  }
  if (value !== "" && value.length < min) return `String must be no shorter than ${min} characters`;
  return value.length > max ? `String must be no longer than ${max} characters` : undefined;
}

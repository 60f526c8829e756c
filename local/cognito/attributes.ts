import type { AttributeSchema } from "./attribute-schema";
import { invalidParameter, notAuthorized } from "./errors";
import type { Pool } from "./pool";
import type { User } from "./store";

export type Attributes = Record<string, string>;
type AttributeList = readonly { readonly Name: string; readonly Value: string }[];

export const attributeList = (user: User) => [
  { Name: "sub", Value: user.sub },
  ...Object.entries(user.attributes).map(([Name, Value]) => ({ Name, Value })),
];

/**
 * Attributes as sent, checked against the pool's schema.
 * @throws InvalidParameterException naming every attribute that breaks its rule.
 */
export function checkedAttributes(pool: Pool, list: AttributeList): Attributes {
  const problems = list.flatMap(({ Name, Value }) => {
    const problem = violation(
      pool.attributes.find((one) => one.name === Name),
      Value,
    );
    return problem ? [`${Name}: ${problem}`] : [];
  });
  refuse(problems);
  const given = Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]));
  if ("sub" in given) throw invalidParameter("Cannot modify the non-mutable attribute sub");
  if (given.email && !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(given.email))
    throw invalidParameter("Invalid email address format.");
  if (given.phone_number && !/^\+\d{1,15}$/.test(given.phone_number))
    throw invalidParameter("Invalid phone number format.");
  return given;
}

/** Only Cognito and an administrator say whether an address is verified. */
export function refuseVerifiedFlags(attributes: Attributes): void {
  if ("email_verified" in attributes || "phone_number_verified" in attributes) {
    throw notAuthorized("A client attempted to write unauthorized attribute");
  }
}

/** @throws InvalidParameterException if an attribute that the pool requires is missing. */
export const requireAttributes = (pool: Pool, attributes: Attributes): void =>
  refuse(missingAttributes(pool, attributes).map((name) => `${name}: The attribute is required`));

export const missingAttributes = (pool: Pool, attributes: Attributes): string[] =>
  pool.attributes
    .filter(({ name, required }) => required && name !== "sub" && !attributes[name])
    .map(({ name }) => name);

/**
 * Writes checked attributes; an empty value removes one. A new e-mail address is not verified.
 * @returns whether the address is a new one
 * @throws InvalidParameterException for an attribute that may be set once only, or must not be removed.
 */
export function updateAttributes(pool: Pool, user: User, changes: Attributes, now: number): boolean {
  const fixed = pool.attributes.find(({ name, mutable }) => !mutable && name in changes && name in user.attributes);
  if (fixed) throw invalidParameter(`user.${fixed.name}: Attribute cannot be updated.\n`);
  requireAttributes(pool, { ...user.attributes, ...changes });
  const moved = changes.email !== undefined && changes.email !== user.attributes.email;
  const merged = { ...user.attributes, ...(moved ? { email_verified: "false" } : {}), ...changes };
  user.attributes = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ""));
  user.modifiedAt = now;
  return moved;
}

function refuse(problems: readonly string[]): void {
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

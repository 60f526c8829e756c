/** Checks of names and numbers that `terraform plan` would accept and AWS would reject at apply. */
import { Token } from "cdktf";

/** @throws Error unless `value` matches; a value that Terraform computes is not checked */
export function checkName(field: string, value: string, pattern: RegExp, allowed: string): void {
  if (!Token.isUnresolved(value) && !pattern.test(value)) {
    throw new Error(`${field} must be ${allowed}, got ${JSON.stringify(value)}`);
  }
}

/** @throws Error unless `value` is absent or a whole number in the bounds */
export function checkWhole(field: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Error(`${field} must be a whole number from ${min} to ${max}, got ${value}`);
  }
}

/** `DAILY_REPORTS_TABLE` for a table with the id `daily-reports`: the variable by which a function finds it. */
export function variableName(id: string, suffix: string): string {
  const name = id
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/\W+/g, "_")
    .toUpperCase();
  return name.endsWith(`_${suffix}`) || name === suffix ? name : `${name}_${suffix}`;
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (value: number) => String(value).padStart(2, "0");

/** `Fri Jul 29 18:52:53 UTC 2016`, from seconds since the epoch. */
export function javaDate(seconds: number): string {
  const date = new Date(seconds * 1000);
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(":");
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())} ${clock} UTC ${date.getUTCFullYear()}`;
}

/**
 * A token's claims as a REST API hands them to the function: all of them text. `exp` and `iat` become dates, lists are
 * joined with commas (so a group named `a,b` cannot be told from two groups), everything else is written as JSON.
 */
export function claimStrings(payload: Readonly<Record<string, unknown>>): Record<string, string> {
  const textOf = (name: string, value: unknown) => {
    if (typeof value === "string") return value;
    if ((name === "exp" || name === "iat") && typeof value === "number") return javaDate(value);
    return Array.isArray(value) ? value.join(",") : JSON.stringify(value);
  };
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, textOf(name, value)]));
}

/** The claims as an HTTP API hands them to the function: text too, but numbers stay numbers and lists are `[a b]`. */
export function jwtClaims(payload: Readonly<Record<string, unknown>>): Record<string, string> {
  const textOf = (value: unknown) => {
    if (typeof value === "string") return value;
    return Array.isArray(value) ? `[${value.join(" ")}]` : JSON.stringify(value);
  };
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, textOf(value)]));
}

/** `id token of ada, groups admin`: who an authorizer let through. */
export function describeCaller(claims: Readonly<Record<string, string>>): string {
  const name = claims["cognito:username"] ?? claims["username"] ?? claims["sub"] ?? "unknown";
  const groups = claims["cognito:groups"];
  return `${claims["token_use"] ?? ""} token of ${name}${groups ? `, groups ${groups}` : ""}`.trimStart();
}

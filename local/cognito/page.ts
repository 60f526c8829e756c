import { invalidParameter } from "./errors";

/** One page of a list and the token of the next page. */
export function page<T>(list: readonly T[], limit: number | null | undefined, token: string | null | undefined) {
  const start = token ? Number(Buffer.from(token, "base64url").toString()) : 0;
  if (!Number.isSafeInteger(start) || start < 0) throw invalidParameter("Invalid pagination token provided.");
  const end = start + (limit || 60);
  return {
    items: list.slice(start, end),
    next: end < list.length ? Buffer.from(String(end)).toString("base64url") : undefined,
  };
}

/** The kinds of danger, in the order in which a reviewer reads them: users, access, the API's clients, then the rest. */
export const kinds = [
  "users-lost",
  "data-lost",
  "sessions-lost",
  "access-opened",
  "clients-broken",
  "no-effect",
  "secret-shown",
  "trail-lost",
  "unknown",
] as const;

export type Kind = (typeof kinds)[number];

export const isKind = (text: string): text is Kind => (kinds as readonly string[]).includes(text);

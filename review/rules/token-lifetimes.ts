/** How long tokens live, in seconds whatever the unit: an hour is no change from sixty minutes. */
import type { Plan } from "../plan/plan";
import { pick } from "../plan/value";
import { type Finding, place, type Rule, stays, unknowable, unknownFinding } from "./rule";

const CLIENT = "aws_cognito_user_pool_client";

const seconds: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** Cognito's own, where nothing is set. */
const tokens = [
  { attribute: "id_token_validity", unit: "token_validity_units.id_token", usual: "hours", value: 1 },
  { attribute: "access_token_validity", unit: "token_validity_units.access_token", usual: "hours", value: 1 },
  { attribute: "refresh_token_validity", unit: "token_validity_units.refresh_token", usual: "days", value: 30 },
  { attribute: "auth_session_validity", unit: "", usual: "minutes", value: 3 },
] as const;

export const tokenLifetimes: readonly Rule[] = [
  {
    kind: "sessions-lost",
    reason: "Tokens expire sooner: signed-in users are signed out earlier.",
    advice: "Announce it, or shorten it in steps while apps refresh often enough.",
    find: (plan) => lifetimes(plan, (before, after) => after < before),
  },
  {
    kind: "access-opened",
    reason: "Tokens live longer: a stolen token stays valid longer, and authorizers do not check revocation.",
    advice: "Keep id and access tokens at an hour or less, and let apps refresh.",
    find: (plan) => lifetimes(plan, (before, after) => after > before),
  },
];

function lifetimes(plan: Plan, differs: (before: number, after: number) => boolean): Finding[] {
  return plan.ofType(CLIENT).flatMap((change) => {
    if (!stays(change) || change.verb === "keep") return [];
    return tokens.flatMap(({ attribute, unit, usual, value }) => {
      if (unknowable(plan, change, attribute)) return [unknownFinding(change, attribute)];
      const length = (side: "before" | "after") => {
        const given = Number(pick(change[side], attribute) || value);
        return given * (seconds[String(pick(change[side], unit) || usual)] ?? Number.NaN);
      };
      const formatLifetime = (side: "before" | "after") =>
        `${pick(change[side], attribute) || value} ${pick(change[side], unit) || usual}`;
      if (!differs(length("before"), length("after"))) return [];
      return [place(change, attribute, { before: formatLifetime("before"), after: formatLifetime("after") })];
    });
  });
}

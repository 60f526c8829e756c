/** Every danger is shown twice: in a plan that has it, and missing from one that looks alike. */

import type { Kind } from "../../../review/kinds";
import { review } from "../../../review/report";
import type { Rule } from "../../../review/rules/rule";
import { created, destroyed, type JsonObject, planOf, type Resource, updated } from "./plan";

export type Pair = readonly [
  kind: Kind,
  danger: string,
  plan: readonly Resource[],
  alike: string,
  other: readonly Resource[],
  /** What stands in the two plans beside the resources. */
  rest?: { readonly plan?: JsonObject; readonly other?: JsonObject },
];

/** An attribute that changes for the worse in one direction, and not in the other. */
export const oneWay = (kind: Kind, type: string, before: JsonObject, after: JsonObject): Pair => [
  kind,
  `${type} ${JSON.stringify(before)} -> ${JSON.stringify(after)}`,
  [updated(`${type}.x`, { name: "x", ...before }, { name: "x", ...after })],
  "the way back",
  [updated(`${type}.x`, { name: "x", ...after }, { name: "x", ...before })],
];

/** Something whose end is a danger, and its creation is none. */
export const whenDestroyed = (kind: Kind, type: string, values: JsonObject = {}): Pair => [
  kind,
  `${type} destroyed`,
  [destroyed(`${type}.x`, { name: "x", ...values })],
  "its creation",
  [created(`${type}.x`, { name: "x", ...values })],
];

/** Settings of one resource; `weak` is the danger, and `strict` is not. */
export const between = (
  address: string,
  base: JsonObject,
  what: string,
  weak: JsonObject,
  strict: JsonObject,
): Pair => [
  "access-opened",
  `${what} that is weakened`,
  [updated(address, { ...base, ...strict }, { ...base, ...weak })],
  `${what} that is strengthened`,
  [updated(address, { ...base, ...weak }, { ...base, ...strict })],
];

/** @param own rows of the file under test, each of which at least one pair must find; none where the pairs are about something else */
export function pairs(own: readonly Rule[], list: readonly Pair[]): void {
  for (const [kind, danger, resources, alike, other, rest] of list) {
    test(`${kind}: finds ${danger}`, () => {
      const { dangers, verdict } = review(planOf(resources, rest?.plan), []);
      expect(dangers.map((item) => item.kind)).toContain(kind);
      expect(verdict).toBe("dangerous");
    });

    test(`${kind}: is silent about ${alike}`, () => {
      const { dangers } = review(planOf(other, rest?.other), []);
      expect(dangers.filter((item) => item.kind === kind)).toEqual([]);
    });
  }

  if (own.length === 0) return;
  test("no danger of this file is without a plan that has it", () => {
    const plans = list.flatMap(([, , resources, , other, rest]) => [
      planOf(resources, rest?.plan),
      planOf(other, rest?.other),
    ]);
    const untested = own.filter((danger) => !plans.some((plan) => danger.find(plan).length > 0));
    expect(untested.map((danger) => danger.reason)).toEqual([]);
  });
}

/** Every danger is shown twice: in a plan that has it, and missing from one that looks alike. */
import type { Danger } from "../../../review/dangers/danger";
import type { Kind } from "../../../review/kinds";
import { review } from "../../../review/report";
import { type JsonObject, planOf, type Resource } from "./plan";

export type Pair = readonly [
  kind: Kind,
  danger: string,
  plan: readonly Resource[],
  alike: string,
  other: readonly Resource[],
  /** What stands in the two plans beside the resources. */
  rest?: { readonly plan?: JsonObject; readonly other?: JsonObject },
];

/** @param own rows of the file under test: each must be found by at least one pair */
export function pairs(own: readonly Danger[], list: readonly Pair[]): void {
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

  test("no danger of this file is without a plan that has it", () => {
    const plans = list.flatMap(([, , resources, , other, rest]) => [
      planOf(resources, rest?.plan),
      planOf(other, rest?.other),
    ]);
    const untested = own.filter((danger) => !plans.some((plan) => danger.find(plan).length > 0));
    expect(untested.map((danger) => danger.reason)).toEqual([]);
  });
}

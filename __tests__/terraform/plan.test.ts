import { formatChanges } from "./gate/differences";
import { findUnexpected } from "./gate/expectation";
import { type PlanJson, type PlannedChange, readChanges } from "./gate/plan";

const change = (address: string, action: PlannedChange["action"], ...attributes: string[]): PlannedChange => ({
  address,
  type: address.split(".")[0] ?? "",
  action,
  attributes,
});

function planOf(actions: string[], before: object | null, after: object | null, unknown: object = {}): PlanJson {
  const values = { before, after, after_unknown: unknown } as Record<string, Record<string, unknown>>;
  return {
    resource_changes: [
      { address: "aws_x.y", mode: "managed", type: "aws_x", change: { actions, ...values } as never },
      { address: "data.aws_z.y", mode: "data", type: "aws_z", change: { actions: ["read"], ...values } as never },
    ],
  };
}

test.each([
  [["create"], "create"],
  [["delete", "create"], "replace"],
  [["create", "delete"], "replace"],
  [["no-op"], "no-op"],
])("reads the actions %j of a managed resource as %s", (actions, action) => {
  expect(readChanges(planOf(actions, null, {}))).toEqual([change("aws_x.y", action as PlannedChange["action"])]);
});

test("names the attributes that differ or are unknown", () => {
  const plan = planOf(["update"], { a: 1, b: [1], c: 1 }, { a: 1, b: [2] }, { c: true, d: [{ e: true }], f: [{}] });
  expect(readChanges(plan)[0]?.attributes).toEqual(["b", "c", "d"]);
});

test("rejects a plan that an error cut short", () => {
  expect(() => readChanges({ errored: true })).toThrow("part of it is missing");
});

test("formats every change", () => {
  expect(formatChanges([change("aws_x.a", "update", "b", "c"), change("aws_x.d", "no-op")])).toEqual([
    "update aws_x.a b, c",
  ]);
});

test("accepts a plan with exactly the expected actions, without hashes", () => {
  const plan = [change("aws_x.a_0123ABCD", "update"), change("aws_x.b_0123ABCD", "no-op"), change("aws_y.c", "create")];
  expect(findUnexpected(plan, ["update aws_x.a"])).toEqual(["create aws_y.c  (expected no-op)"]);
  expect(findUnexpected(plan, ["update aws_x.a", "create aws_y.*"])).toEqual([]);
});

test("rejects a resource that a wildcard names and that does not change", () => {
  const plan = [change("aws_x.a", "update"), change("aws_x.b", "no-op")];
  expect(findUnexpected(plan, ["update aws_x.*"])).toEqual(["no-op aws_x.b  (expected update)"]);
  expect(findUnexpected(plan, ["no-op aws_x.b", "update aws_x.*"])).toEqual([]);
});

test("rejects a line that matches no resource", () => {
  expect(findUnexpected([], ["create aws_x.a"])).toEqual(["nothing matches: create aws_x.a"]);
});

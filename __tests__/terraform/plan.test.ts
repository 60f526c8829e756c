import { formatChanges } from "./gate/differences";
import { unexpected } from "./gate/expectation";
import { type PlanJson, type PlannedChange, plannedChanges } from "./gate/plan";

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
  expect(plannedChanges(planOf(actions, null, {}))).toEqual([change("aws_x.y", action as PlannedChange["action"])]);
});

test("names the attributes that differ or are not known yet", () => {
  const plan = planOf(["update"], { a: 1, b: [1], c: 1 }, { a: 1, b: [2] }, { c: true, d: [{ e: true }], f: [{}] });
  expect(plannedChanges(plan)[0]?.attributes).toEqual(["b", "c", "d"]);
});

test("rejects a plan that an error cut short", () => {
  expect(() => plannedChanges({ errored: true })).toThrow("part of it is missing");
});

test("describes what is not left as it is", () => {
  expect(formatChanges([change("aws_x.a", "update", "b", "c"), change("aws_x.d", "no-op")])).toEqual([
    "update aws_x.a b, c",
  ]);
});

test("takes a plan with exactly the expected actions, hashes left out", () => {
  const plan = [change("aws_x.a_0123ABCD", "update"), change("aws_x.b_0123ABCD", "no-op"), change("aws_y.c", "create")];
  expect(unexpected(plan, ["update aws_x.a"])).toEqual(["create aws_y.c  (expected no-op)"]);
  expect(unexpected(plan, ["update aws_x.a", "create aws_y.*"])).toEqual([]);
});

test("rejects a resource that a wildcard names and that stays as it is", () => {
  const plan = [change("aws_x.a", "update"), change("aws_x.b", "no-op")];
  expect(unexpected(plan, ["update aws_x.*"])).toEqual(["no-op aws_x.b  (expected update)"]);
  expect(unexpected(plan, ["no-op aws_x.b", "update aws_x.*"])).toEqual([]);
});

test("rejects a line that fits no resource", () => {
  expect(unexpected([], ["create aws_x.a"])).toEqual(["nothing fits: create aws_x.a"]);
});

import { readFindings, unexplained } from "./findings";
import { suppressions } from "./suppressions";

const failed = (resource: string, check_id = "CKV_1") => ({ check_id, check_name: "be safe", resource });
const report = (...failed_checks: object[]) => ({
  results: { failed_checks, parsing_errors: [] },
  summary: { passed: 1 },
});
const resources = { aws_x: { one_0123ABCD: {}, two_0123ABCD: {} } };

test("a finding has the type of its resource, and no hash", () => {
  const all = [{ check: "CKV_1", title: "be safe", address: "aws_x.one" }];
  expect(readFindings(JSON.stringify(report(failed("resource.one_0123ABCD"))), resources)).toEqual(all);
  expect(readFindings(JSON.stringify([report(failed("aws_x.one_0123ABCD"))]), resources)).toEqual(all);
});

test.each([
  [
    "a stack that Checkov cannot read",
    { results: { failed_checks: [], parsing_errors: ["cdk.tf.json"] } },
    "cdk.tf.json",
  ],
  ["a run that checked nothing", { passed: 0, failed: 0 }, "checked nothing"],
])("rejects %s", (_what, output, message) => {
  expect(() => readFindings(JSON.stringify(output), resources)).toThrow(message);
});

const one = { check: "CKV_1", title: "be safe", address: "aws_x.one" };
const two = { check: "CKV_1", title: "be safe", address: "aws_x.two" };

test("a finding is explained by a suppression of its check and its resource only", () => {
  const suppression = { check: "CKV_1", resources: ["aws_x.one"], reason: "why" };
  expect(unexplained([one], [suppression])).toEqual([]);
  expect(unexplained([one, two, two], [suppression])).toEqual(["CKV_1 aws_x.two: be safe"]);
  expect(unexplained([one, two], [{ ...suppression, resources: ["aws_x.*"] }])).toEqual([]);
  expect(unexplained([one], [suppression, { ...suppression, check: "CKV_2" }])).toEqual([
    "CKV_2 aws_x.one: suppressed, but not found: remove the suppression",
  ]);
});

test("every suppression has a reason", () => {
  expect(suppressions.filter(({ reason, resources: all }) => reason.length < 20 || all.length === 0)).toEqual([]);
});

import { Parameter, type ParameterProps } from "../../../constructs/resources/parameter";
import { only, synthScope } from "../../support/synth";
import { granted, reference, synthWith, variables } from "./support";

const synthParameter = (changes: Partial<ParameterProps> = {}) =>
  synthScope((stack) => new Parameter(stack, "limit", { name: "/dev/limit", value: "10", ...changes }));

test("a parameter's value can be read in a plan", () => {
  expect(only(synthParameter(), "aws_ssm_parameter")).toEqual({
    name: "/dev/limit",
    type: "String",
    insecure_value: "10",
  });
});

test("a value that is changed elsewhere stays", () => {
  expect(only(synthParameter({ changedElsewhere: true }), "aws_ssm_parameter").lifecycle).toEqual({
    ignore_changes: ["insecure_value"],
  });
});

test("grantRead allows to read, and gives the name", () => {
  const json = synthWith((stack, fn) =>
    new Parameter(stack, "limit", { name: "/dev/limit", value: "10" }).grantRead(fn),
  );
  const Resource = reference(json, "aws_ssm_parameter", "arn");
  expect(granted(json)).toEqual([{ Action: ["ssm:GetParameter", "ssm:GetParameters"], Resource }]);
  expect(variables(json)).toEqual({ LIMIT_PARAMETER: reference(json, "aws_ssm_parameter", "name") });
});

test.each<[Partial<ParameterProps>, string]>([
  [{ name: "limit" }, 'got "limit"'],
  [{ name: "/aws/limit" }, 'got "/aws/limit"'],
  [{ value: "" }, "value of /dev/limit must be 1 to 4096 bytes, got 0"],
  [{ value: "é".repeat(2049) }, "value of /dev/limit must be 1 to 4096 bytes, got 4098"],
])("rejects %j", (changes, message) => {
  expect(() => synthParameter(changes)).toThrow(message);
});

import { read, role, roles } from "./written-stack";

describe("variables", () => {
  const json = (variable: object) => role({ name: "${var.v}" }, { variable: { v: variable } });

  test("come from the shell, terraform.tfvars and *.auto.tfvars, each before the ones before", () => {
    expect(roles(json({ default: "d" }))).toEqual([["aws_iam_role.r", "d"]]);
    expect(roles(json({ default: "d" }), {}, { TF_VAR_v: "e" })).toEqual([["aws_iam_role.r", "e"]]);
    const file = { "terraform.tfvars": '# name\nother = [1, 2]\nv = "f"\n' };
    expect(roles(json({}), file, { TF_VAR_v: "e" })).toEqual([["aws_iam_role.r", "f"]]);
    expect(roles(json({}), { ...file, "a.auto.tfvars.json": '{"v":"g"}' })).toEqual([["aws_iam_role.r", "g"]]);
  });

  test.each<[string, string, unknown]>([
    ["number", "2", 2],
    ["bool", "true", true],
    ["list(string)", '["a"]', ["a"]],
    ["${map(number)}", "{ a = 1 }", { a: 1 }],
    ["string", "[1]", "[1]"],
  ])("of type %s are converted from the shell", (type, text, value) => {
    const stack = read(role({ tags: "${var.v}" }, { variable: { v: { type } } }), {}, { TF_VAR_v: text });
    expect(stack.resources("aws_iam_role")[0]?.values["tags"]).toEqual(value);
  });

  test("without a value are named when they are needed", () => {
    expect(() => roles(json({ type: "string" }))).toThrow(
      /^var\.v must have a value, got none: set TF_VAR_v, or write it to terraform\.tfvars$/,
    );
    expect(() => roles(json({ type: "number" }), {}, { TF_VAR_v: "x" })).toThrow('var.v must be a number, got "x"');
    expect(() => roles(json({}), { "terraform.tfvars": "v = " })).toThrow(/terraform\.tfvars must assign values/);
  });
});

test("a variable's default is literal", () => {
  const stack = read(role({ name: "${var.v}" }, { variable: { v: { default: "a${b.c}" } } }));
  expect(stack.resources("aws_iam_role")[0]?.values["name"]).toBe("a${b.c}");
});

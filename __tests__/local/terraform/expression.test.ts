import { evaluate } from "../../../local/terraform/expression/evaluate";
import { parseTemplate } from "../../../local/terraform/expression/parse";

const LOCALS: Record<string, unknown> = {
  a: ["x", "y", "z"],
  m: { k: "v", n: 2, "b-c": true },
  s: "Hello World",
  n: 5,
  t: true,
  o: [
    { id: 1, n: "one" },
    { id: 2, n: "two" },
  ],
};

const evaluated = (source: string) =>
  evaluate(parseTemplate(source), {
    folder: __dirname,
    variables: {},
    root: (_, [name = ""]) => ({ value: LOCALS[name], used: 1 }),
  });

// Each value is what Terraform 1.11.4 outputs.
test.each<[string, unknown]>([
  ["${local.n}", 5],
  ["n${local.n}${local.t}", "n5true"],
  ["$${x} %%{y} $x %", "${x} %{y} $x %"],
  ['${"nested ${"deep ${local.s}"}"}', "nested deep Hello World"],
  ['${"\\u00e9\\t\\""}', 'é\t"'],
  ["${1 + 2 * 3 - 4 / 2 % 3}", 5],
  ["${(1 + 2) * -local.n}", -15],
  ['${local.n > 3 ? "big" : "small"}', "big"],
  ["${local.n == 5 && !local.t || false}", false],
  ['${local.a == ["x", "y", "z"]}', true],
  ['${local.n == "5"}', false],
  ["${[for x in local.a : upper(x)]}", ["X", "Y", "Z"]],
  ['${[for i, x in local.a : "${i}-${x}" if x != "y"]}', ["0-x", "2-z"]],
  ["${{for k, v in local.m : upper(k) => v}}", { K: "v", N: 2, "B-C": true }],
  ["${{for x in local.o : x.n => x.id...}}", { one: [1], two: [2] }],
  ["${local.o[*].n}", ["one", "two"]],
  ["${local.o.*.id}", [1, 2]],
  ["${local.o[1].n}", "two"],
  ['${local.m["k"]}', "v"],
  ["${local.m.b-c}", true],
  ['${{ a = 1, "b" : 2, (local.s) = 3 }}', { a: 1, b: 2, "Hello World": 3 }],
  ["%{ if local.t }yes%{ else }no%{ endif }", "yes"],
  ["%{ if !local.t }yes%{ endif }", ""],
  ["%{ for x in local.a ~}\n [${x}]\n%{ endfor ~}\nend", " [x]\n [y]\n [z]\nend"],
  ['a \n  ${~ "b" ~} \n  c', "a \nb  c"],
  ['${jsonencode({b = 1, a = [true, null, "x<y&z"]})}', '{"a":[true,null,"x\\u003cy\\u0026z"],"b":1}'],
  ['${jsondecode("{\\"a\\":[1,2]}").a[1]}', 2],
  ['${join("-", ["a"], ["b", "c"])}', "a-b-c"],
  ['${split(",", "a,b")}', ["a", "b"]],
  [
    '${format("%s-%03d-%5.2f|%-5s|%q|%v|%%|%t|%x", "a", 7, 3.14159, "l", "q\\"", local.a, true, 255)}',
    'a-007- 3.14|l    |"q\\""|["x","y","z"]|%|true|ff',
  ],
  ['${lower(local.s)}${upper("x")}${title("a b")}', "hello worldXA B"],
  ['${replace("a.b.c", ".", "-")}', "a-b-c"],
  ['${replace("abc123", "/([a-z]+)[0-9]+/", "<$1>")}', "<abc>"],
  ['${replace("x-y", "/(?P<a>x)-(?P<b>y)/", "$${b}-$a-$1$$")}', "y-x-x$"],
  ['${title("o\'neil")}', "O'Neil"],
  ["${0.1 + 0.2}", 0.3],
  ['${tolist([1, "a", true])}', ["1", "a", "true"]],
  ['${tomap({ a = 1, b = "x" }).a}', "1"],
  ['${lookup(local.m, "none", "d")}', "d"],
  ['${merge(local.m, { k = "w" }).k}', "w"],
  ["${concat([1], [2, 3])}", [1, 2, 3]],
  ['${element(["a", "b"], 3)}', "b"],
  ['${coalesce("", null, "x")}', "x"],
  ['${toset(["b", "a", "b"])}', ["a", "b"]],
  ['${sha256("abc")}', "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ['${base64sha256("a")}', "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs="],
  ['${length("žlu")}${length(local.a)}', "33"],
  ['${substr("hello", 1, 3)}${substr("hello", -3, -1)}', "ellllo"],
  ['${trim("??a?", "?")}${trimprefix("abc", "a")}${trimsuffix("abc", "c")}', "abcab"],
  ['${regex("(?P<y>[0-9]+)-(?P<m>[0-9]+)", "2020-05")}', { y: "2020", m: "05" }],
  ['${regexall("[a-z]", "a1b")}', ["a", "b"]],
  ['${try(local.m.none, "fallback")}${can(local.m.none)}', "fallbackfalse"],
  ['${urlencode("a b&c/é!")}', "a+b%26c%2F%C3%A9%21"],
  ["${flatten([[1], [2, [3]]])}", [1, 2, 3]],
  ["${keys(local.m)}", ["b-c", "k", "n"]],
  [
    '${setproduct(["a", "b"], ["c"])}',
    [
      ["a", "c"],
      ["b", "c"],
    ],
  ],
  ["${range(1, 4)}", [1, 2, 3]],
  ['${concat([local.a, ["w"]]...)}', ["x", "y", "z", "w"]],
  ['${max(1, 5, 2)}${ceil(1.2)}${parseint("ff", 16)}', "52255"],
  ['${formatlist("%s!", local.a)}', ["x!", "y!", "z!"]],
  ["${/* a */ local.n # b\n}", 5],
])("evaluates %s", (source, expected) => {
  expect(evaluated(source)).toEqual(expected);
});

test.each([
  ['${cidrsubnet("10.0.0.0/8", 8, 1)}', "uses the function cidrsubnet, which is not evaluated locally"],
  ["x${local.a}", "is not text: a list"],
  ["${local.s + 1}", 'is not a number: "Hello World"'],
  ["${local.s ? 1 : 2}", 'is not true or false: "Hello World"'],
  ["${local.m.none}", "refers to nothing in cdk.tf.json"],
  ["${1 / 0}", "division by zero"],
  ['${lookup(local.m, "none")}', 'looks up "none", which is not in the map'],
  ["${range(100000000)}", "more than 1,024 elements"],
  ['${format("%s")}', "too few arguments"],
])("has no value for %s", (source, message) => {
  expect(() => evaluated(source)).toThrow(message);
});

test.each([
  ["a${", "expected an expression"],
  ["${foo(}", "expected an expression"],
  ["${[1, 2}", "expected , or ]"],
  ["%{ if true }x", "expected %{ endif }"],
  ["x%{ endif }", "expected no %{ endif }"],
  ["${a b}", "expected }"],
  ['${"a}', 'expected "'],
])("rejects %s as no expression", (source, message) => {
  expect(() => parseTemplate(source)).toThrow(message);
});

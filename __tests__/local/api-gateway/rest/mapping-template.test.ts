import type { MappingSources } from "../../../../local/api-gateway/common/integration";
import { mappingTemplate, noOverrides } from "../../../../local/api-gateway/rest/mapping-template";

const request = {
  method: "POST",
  path: "/",
  query: "q=1",
  rawHeaders: ["Content-Type", "application/json"],
  headers: { "content-type": "application/json" },
  body: Buffer.alloc(0),
  sourceIp: "127.0.0.1",
  protocol: "HTTP/1.1",
  time: 0,
  traceId: "",
  requestId: "",
  extendedRequestId: "",
};
const sources: MappingSources = {
  request,
  pathParameters: { id: "7" },
  stageVariables: { color: "blue" },
  context: { stage: "v1", identity: { user: null } },
};
const render = (template: string, body = "", overrides = noOverrides()) =>
  mappingTemplate(template, "here")(sources, body, overrides);

test.each([
  ["$stageVariables.color [$stageVariables.none] [${stageVariables.none}]", "blue [] []"],
  ['"$context.identity.user" "$context.authorizer.claims.sub"', '"" ""'],
  ["#set($a = {})[$a.none] [$b.none] $5", "[] [$b.none] $5"],
  ['#set($m = {})$m.put("a", "1")$m.put("a", "2")$m.a', "12"],
  ['#set($m = {"k": {}})#set($m.k["x y"] = 5)#set($l = [1, 2])#set($l[1] = $m.k["x y"])$l', "[1, 5]"],
  ['#set($l = [])$!l.add("a")$l.contains("a") $l.isEmpty() $l.size() $l.get(0)', "truetrue false 1 a"],
  [
    '#set($m = {"a": 1})$m.containsKey("a") $m.isEmpty() $m.getOrDefault("b", 2) $m.remove("a") $m.size()',
    "true false 2 1 0",
  ],
  [
    '#set($s = "a-b")$s.contains("-") $s.isEmpty() $s.length() $s.replaceAll("[ab]", "x") $s.matches("a.*") $s.equals("a-b")',
    "true false 3 x-x true true",
  ],
  ['#set($s = "a,b")#foreach($p in $s.split(","))<$p>#end', "<a><b>"],
  ["$input.json('$') $input.path('$.none').", "{} ."],
  ["$input.params('id')$input.params('q')$input.params('none')", "71"],
  ['$util.urlEncode("a b+c~") $util.urlDecode("a+b%2B")', "a+b%2Bc%7E a b+"],
  ['$util.base64Decode($util.base64Encode("é"))', "é"],
  ['$util.parseJson("{\\"a\\":[1]}").a[0]', "1"],
])("renders %s", (template, expected) => {
  expect(render(template)).toBe(expected);
});

test("selects from the body by JSONPath", () => {
  const body = JSON.stringify({ items: [{ n: 1 }, { n: 2 }], "a b": "'\"" });
  expect(render("$input.json('$.items[*].n') $input.path('$.items[1].n')", body)).toBe("[1,2] 2");
  expect(render("$util.escapeJavaScript($input.path(\"$['a b']\"))", body)).toBe("\\'\\\"");
  expect(render("#foreach($i in $input.path('$.items'))$i.n;#end", body)).toBe("1;2;");
});

test("says which JSONPath it cannot evaluate", () => {
  expect(() => render("$input.json('$..n')", "{}")).toThrow('the JSONPath "$..n" is not evaluated locally');
});

test("what a request template overrides, the response template reads", () => {
  const overrides = noOverrides();
  render("#set($context.requestOverride.path.body = \"$input.params('q')!\")", "", overrides);
  expect(render("$context.requestOverride.path.body$context.requestOverride.header.none", "", overrides)).toBe("1!");
});

test("rejects what is no VTL", () => {
  expect(() => mappingTemplate("#if(", "aws_x.y")).toThrow(/^aws_x\.y: the mapping template is not valid VTL/);
});

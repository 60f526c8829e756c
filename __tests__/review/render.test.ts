import { renderJson } from "../../review/render/json";
import { MARKER, renderMarkdown } from "../../review/render/markdown";
import { renderText } from "../../review/render/text";
import { review } from "../../review/report";
import { created, destroyed, kept, planOf, updated } from "./support/plan";

const POOL = "aws_cognito_user_pool.users";
const pool = { id: "p", name: "users", deletion_protection: "ACTIVE" };
const destroy = planOf([
  destroyed(POOL, pool),
  updated("aws_lambda_function.f", { memory_size: 256 }, { memory_size: 512 }),
]);

test("begins with the marker and the verdict, and tells users before access, clients and bill", () => {
  const text = renderMarkdown(review(destroy, []));
  expect(text.startsWith(`${MARKER}\n\n## \u274c Dangerous: 1 danger\n`)).toBe(true);
  const order = [
    "| Users and data |",
    "| Access |",
    "| The API's clients |",
    "| Bill |",
    "### Dangers",
    "The plan, line by line",
  ];
  const at = order.map((part) => text.indexOf(part));
  expect(at).toEqual([...at].sort((a, b) => a - b));
  expect(at).not.toContain(-1);
  expect(text).toContain("`allow:users-lost`");
  expect(text).toContain("`256` &rarr; `512`");
  expect(text).toContain("1 to destroy, 1 to update");
  expect(text).toContain("prevent_destroy");
});

test("says that it is safe, and that nothing changes", () => {
  expect(renderMarkdown(review(planOf([kept(POOL, pool)]), []))).toContain("## \u2705 Safe: nothing changes");
});

test("says what is safe only because it was allowed", () => {
  const report = review(destroy, [{ kind: "users-lost" }]);
  expect(report.verdict).toBe("safe");
  expect(renderMarkdown(report)).toContain("1 danger in 2 changes, all allowed");
});

test("allows a kind at one address only, and says which allowance met nothing", () => {
  expect(review(destroy, [{ kind: "users-lost", address: POOL }]).verdict).toBe("safe");
  expect(review(destroy, [{ kind: "users-lost", address: "other.one" }]).verdict).toBe("dangerous");
  expect(review(destroy, [{ kind: "trail-lost" }]).notes.join()).toContain("Allowed, and not found: trail-lost");
});

test("calls a route by its method and path", () => {
  const plan = planOf([
    kept("aws_api_gateway_rest_api.a", { id: "a", root_resource_id: "r" }),
    kept("aws_api_gateway_resource.user", { id: "1", parent_id: "r", path_part: "user" }),
    kept("aws_api_gateway_resource.login", { id: "2", parent_id: "1", path_part: "login" }),
    created("aws_api_gateway_method.m", {
      rest_api_id: "a",
      resource_id: "2",
      http_method: "POST",
      authorization: "NONE",
    }),
  ]);
  expect(renderMarkdown(review(plan, []))).toContain("`POST /user/login` (`aws_api_gateway_method.m`)");
});

const hostile = [
  "x`| evil | cell |",
  "</code></td></table><script>alert(1)</script>",
  "[click](https://evil.example) @everyone #1 ![x](https://evil.example/p.png)",
  "\n\n# heading\n```\n",
  "\u001b[31mred\u001b]0;title\u0007 \u009b2J \u202egnp.exe \u200b",
  "**bold** _x_ ~~y~~ $x$ &lt;",
];

test.each(hostile)("shows %j as text, in every format", (name) => {
  const report = review(
    planOf([destroyed(`aws_cognito_user_pool.${name}`, { ...pool, name, tags: { [name]: name } })]),
    [],
  );
  const text = renderMarkdown(report);
  const outside = text
    .replace(/```diff[\s\S]*?\n```/g, "")
    .replace(/<code>(.*?)<\/code>/g, (_, inner: string) => inner.replace(/&#\d+;/g, ""))
    .replace(/`[^`\n]*`/g, "");
  expect(outside).not.toMatch(/<script|<\/td|\[click\]|@everyone|\*\*bold|^# heading/m);
  for (const rendered of [text, renderText(report), renderJson(report)]) {
    expect(rendered.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
  expect(text.split("\n").filter((line) => line.startsWith("```"))).toHaveLength(2);
});

test("holds no table wider than two short columns, whatever stands in a name", () => {
  const report = review(planOf([destroyed("aws_cognito_user_pool.a|b|c", { ...pool, name: "x | y" })]), []);
  const rows = renderMarkdown(report)
    .split("\n")
    .filter((line) => line.startsWith("|"));
  expect(rows.length).toBeGreaterThan(3);
  for (const row of rows) expect(row.match(/\|/g)).toHaveLength(3);
});

test("shows a danger as a short block: kind, name, what changes, why, what to do", () => {
  const text = renderMarkdown(review(destroy, []));
  expect(text).not.toContain("further");
  const [, block = ""] = text.split("### Dangers\n\n");
  const lines = block.split("\n\n")[0]?.split("<br>") ?? [];
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe(`**users-lost** \`users\` (\`${POOL}\`)`);
  expect(lines[3]).toMatch(/^\*\*Instead:\*\* /);
});

test("folds what follows the first dangers, and all that is long", () => {
  const pools = Array.from({ length: 60 }, (_, i) =>
    destroyed(`aws_cognito_user_pool.p${i}`, { id: `p${i}`, name: `n${i}`, x: `y${i}` }),
  );
  const text = renderMarkdown(review(planOf(pools.map((item, i) => ({ ...item, action_reason: `reason_${i}` }))), []));
  expect(text).toContain("<summary>45 further dangers</summary>");
  expect(text).toContain("<summary>All changes: 60 to destroy</summary>");
});

test("wraps the plan's lines at the width of GitHub's column", () => {
  const text = renderMarkdown(review(planOf([updated("aws_x.y", { a: "b" }, { a: "c".repeat(380) })]), []));
  const [, diff = ""] = text.split("```diff\n");
  expect(Math.max(...diff.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(diff.replace(/\n\+ {3}/g, "")).toContain("c".repeat(380));
});

test("shows why a danger is allowed", () => {
  const report = review(destroy, [{ kind: "users-lost", reason: "nobody uses it" }]);
  expect(renderMarkdown(report)).toContain("**Allowed**: `nobody uses it`");
  expect(renderText(report)).toContain("users-lost (allowed: nobody uses it)");
});

test("says one thing in the singular", () => {
  expect(renderMarkdown(review(planOf([updated("aws_x.y", { a: 1 }, { a: 2 })]), []))).toContain(
    "No danger found in 1 change; 1 not judged",
  );
});

test("never takes more than GitHub does, and says that it was cut", () => {
  const many = Array.from({ length: 2000 }, (_, i) =>
    destroyed(`aws_cognito_user_pool.${"long_name_".repeat(12)}${i}`, { ...pool, name: `users ${i}`, id: `p${i}` }),
  );
  const text = renderMarkdown(review(planOf(many), []));
  expect(text.length).toBeLessThan(65_536);
  expect(Buffer.byteLength(text)).toBeLessThan(65_536);
  expect(text).toContain("cut**: GitHub takes 65,536 characters");
  expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
});

test("prints no value that is marked sensitive, nor a copy of it elsewhere", () => {
  const secret = "hunter2-hunter2";
  const plan = planOf(
    [
      updated(
        "aws_cognito_user_pool_client.c",
        { client_secret: secret },
        { client_secret: `${secret}!` },
        { sensitive: { client_secret: true } },
      ),
      updated(
        "aws_lambda_function.f",
        {},
        { description: `secret ${secret}`, environment: [{ variables: { A: secret, [secret]: "x" } }] },
      ),
      created(
        "aws_x.list",
        { items: ["a", secret, { deep: secret }] },
        { sensitive: { items: [false, true, { deep: true }] } },
      ),
    ],
    {
      output_changes: { o: { actions: ["create"], before: null, after: secret, after_sensitive: true } },
      variables: { v: { value: secret } },
    },
  );
  const report = review(plan, []);
  for (const text of [renderMarkdown(report), renderText(report), renderJson(report)]) {
    expect(text).not.toContain("hunter2");
    expect(text).toContain("(sensitive)");
  }
});

test("prints no value of a resource that is marked as a whole", () => {
  const plan = planOf([updated("aws_x.y", { pin: "1234" }, { pin: "5678" }, { sensitive: true })]);
  const text = renderMarkdown(review(plan, []));
  expect(text).not.toMatch(/1234|5678/);
  expect(text).toContain("- pin = (sensitive)\n+ pin = (sensitive)");
});

test("says which unknown values there are, whatever stands in their names", () => {
  const header = "method.response.header.Allow";
  const plan = planOf([
    updated(
      "aws_api_gateway_integration_response.r",
      { response_parameters: { [header]: "'GET'" } },
      { response_parameters: {} },
      { unknown: { response_parameters: { [header]: true } } },
    ),
  ]);
  expect(renderMarkdown(review(plan, []))).toContain(`+ response_parameters.${header} = (known after apply)`);
});

test("is JSON with the fields that programs rely on", () => {
  const report = JSON.parse(renderJson(review(destroy, [])));
  expect(Object.keys(report)).toEqual(expect.arrayContaining(["verdict", "dangers", "changes"]));
  expect(Object.keys(report.dangers[0])).toEqual(
    expect.arrayContaining(["kind", "address", "attribute", "before", "after", "reason", "advice", "allowed"]),
  );
  expect(report.changes).toContainEqual(expect.objectContaining({ action: "update", attributes: ["memory_size"] }));
});

test("tells everything in a terminal too", () => {
  expect(renderText(review(destroy, []))).toMatch(
    /Dangerous: 1 danger[\s\S]*users-lost {2}aws_cognito_user_pool\.users/,
  );
});

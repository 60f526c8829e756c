import { renderMarkdown } from "../../review/render/markdown";
import { renderText } from "../../review/render/text";
import { review } from "../../review/report";
import { rules } from "../../review/rules";
import { created, destroyed, forgotten, kept, planOf, replaced, updated } from "./support/plan";

const judged = (...resources: ReturnType<typeof kept>[]) => review(planOf(resources), []);

test.each([
  ["a type that no rule knows", created("aws_security_group.db", { name: "db" }), []],
  ["its end", destroyed("aws_security_group.db", { name: "db" }), []],
  ["its replacement", replaced("aws_security_group.db", { name: "a" }, { name: "b" }), []],
  ["a resource that is forgotten", forgotten("aws_security_group.db", { name: "db" }), []],
  [
    "an attribute of it",
    updated("aws_security_group.db", { ingress: [] }, { ingress: [{ cidr_blocks: ["0.0.0.0/0"] }] }),
    ["ingress"],
  ],
  [
    "an attribute that no rule looks at",
    updated("aws_lambda_function.f", { kms_key_arn: "arn:a" }, {}),
    ["kms_key_arn"],
  ],
  [
    "one that is known only after apply",
    updated(
      "aws_lambda_function.f",
      { kms_key_arn: "arn:a" },
      {},
      {
        unknown: { kms_key_arn: true },
        expressions: { kms_key_arn: { references: ["aws_kms_key.k.arn"] } },
      },
    ),
    ["kms_key_arn"],
  ],
])("names %s", (_, resource, attributes) => {
  const report = judged(resource);
  expect(report).toMatchObject({
    verdict: "partly-judged",
    dangers: [],
    notJudged: [{ address: resource.address, attributes }],
  });
  expect(renderText(report)).toMatch(/^No danger found in 1 change; 1 not judged/);
  expect(renderMarkdown(report)).toContain(`\`${resource.address}\``);
});

test.each([
  [
    "a function's code and runtime",
    updated("aws_lambda_function.f", { handler: "a", runtime: "nodejs20.x" }, { handler: "b", runtime: "nodejs22.x" }),
  ],
  ["tags", updated("aws_security_group.db", { tags: {} }, { tags: { a: "b" } })],
  [
    "what the provider computes anew",
    updated("aws_lambda_function.f", { version: "1", handler: "a" }, { handler: "b" }, { unknown: { version: true } }),
  ],
  ["what stays", kept("aws_security_group.db", { name: "db" })],
  ["what moves", kept("aws_security_group.db", { name: "db" }, { previous_address: "aws_security_group.a" })],
])("is silent about %s", (_, resource) => {
  expect(judged(resource)).toMatchObject({ verdict: "safe", notJudged: [] });
});

test("names a change beside a danger, in the verdict too", () => {
  const report = judged(destroyed("aws_cognito_user_pool.p", { name: "p" }), created("aws_vpc.v", {}));
  expect(report).toMatchObject({ verdict: "dangerous", notJudged: [{ address: "aws_vpc.v" }] });
  expect(renderText(report)).toMatch(/^Dangerous: 1 danger; 1 not judged/);
});

test("the rules look at more than a hundred types of resource", () => {
  const types = new Set(rules.flatMap((rule) => Object.keys(rule.looksAt ?? {})));
  expect(types.size).toBeGreaterThan(100);
});

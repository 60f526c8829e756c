import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { review } from "../../review/report";
import { rules as builtIn } from "../../review/rules";
import { loadRules, TEAM_RULES } from "../../review/rules/load";
import { planOf, updated } from "./support/plan";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rules-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (rule: string) => writeFileSync(join(folder, "network.js"), `exports.rules = [${rule}];`);
const ingress = `{
  kind: "access-opened",
  reason: "A port is open to the internet.",
  advice: "Name the addresses that need it.",
  looksAt: { aws_security_group: ["ingress"] },
  find: (plan) => plan.ofType("aws_security_group").map(({ address }) => ({ address, attribute: "ingress", before: "closed", after: "open" })),
}`;

test("judges by a team's own rules beside the built-in ones", () => {
  write(ingress);
  const plan = planOf([updated("aws_security_group.db", { ingress: [] }, { ingress: [{}] })]);
  expect(review(plan, [])).toMatchObject({ verdict: "partly-judged" });
  expect(review(plan, [], [...builtIn, ...loadRules(folder)])).toMatchObject({
    verdict: "dangerous",
    dangers: [{ kind: "access-opened", reason: "A port is open to the internet." }],
    notJudged: [],
  });
});

test.each([
  [ingress.replace("access-opened", "port-open"), "rules[0].kind must be one of users-lost"],
  [ingress.replace("advice", "hint"), "rules[0] must have a reason and an advice"],
  [ingress.replace("find:", "search:"), "rules[0].find must be a function of the plan"],
])("names what is wrong with a rule (%#)", (rule, message) => {
  write(rule);
  expect(() => loadRules(folder)).toThrow(message);
});

test("rejects a folder that is not there, and a file without rules", () => {
  expect(() => loadRules(join(folder, "none"))).toThrow("--rules must be a folder");
  writeFileSync(join(folder, "a.js"), "");
  expect(() => loadRules(folder)).toThrow("must export `rules`, a list");
});

test("reads the team's own folder", () => {
  expect(Array.isArray(loadRules(TEAM_RULES))).toBe(true);
});

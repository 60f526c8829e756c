import { renderText } from "../../review/render/text";
import { review } from "../../review/report";
import { created, destroyed, kept, planOf, type Resource, updated } from "./support/plan";

const POOL = "aws_cognito_user_pool.p";
const pool = { id: "p", name: "shop", deletion_protection: "ACTIVE" };
const mfa = (mfa_configuration: string) => ({ ...pool, mfa_configuration });
const drift = updated(POOL, mfa("ON"), mfa("OFF"));
const plan = (resources: readonly Resource[], ...drifted: Resource[]) =>
  review(planOf(resources, { resource_drift: drifted }), []);

test.each([
  ["a plan that changes nothing", [kept(POOL, mfa("OFF"))]],
  ["a plan of a refresh", []],
  ["a change of something else in it", [updated(POOL, mfa("OFF"), { ...mfa("OFF"), name: "other" })]],
])("judges what %s accepts", (_, resources) => {
  const report = plan(resources, drift);
  expect(report).toMatchObject({
    verdict: "dangerous",
    dangers: [{ kind: "access-opened", attribute: "mfa_configuration", before: "ON", after: "OFF" }],
    drift: [{ address: POOL, attributes: ["mfa_configuration"], outcome: "accepted" }],
  });
  expect(report.dangers[0]?.reason).toMatch(
    /^Changed outside of Terraform, and this plan accepts it\. MFA gets weaker/,
  );
  expect(renderText(report)).toContain("accepted");
});

test("says that a plan undoes what it sets back", () => {
  const report = plan([updated(POOL, mfa("OFF"), mfa("ON"))], drift);
  expect(report.drift).toMatchObject([{ outcome: "undone" }]);
  expect(report.dangers.filter((danger) => danger.kind === "access-opened")).toEqual([]);
});

test("tells apart what is undone and what stays", () => {
  const both = updated(POOL, mfa("ON"), { ...mfa("OFF"), name: "other" });
  const report = plan([updated(POOL, { ...mfa("OFF"), name: "other" }, { ...mfa("ON"), name: "other" })], both);
  expect(report).toMatchObject({ drift: [{ outcome: "partly undone" }], dangers: [{ kind: "clients-broken" }] });
});

test("judges what was deleted elsewhere, unless the plan makes it again", () => {
  expect(plan([], destroyed(POOL, pool)).dangers).toMatchObject([{ kind: "users-lost" }]);
  expect(plan([created(POOL, pool)], destroyed(POOL, pool))).toMatchObject({
    dangers: [],
    drift: [{ outcome: "undone" }],
  });
});

test("is not safe when it accepts a change that no rule looks at", () => {
  const ingress = (cidr: string) => ({ ingress: [{ cidr_blocks: [cidr] }] });
  const group = updated("aws_security_group.g", ingress("10.0.0.0/8"), ingress("0.0.0.0/0"));
  expect(plan([], group)).toMatchObject({
    verdict: "partly-judged",
    notJudged: [{ action: "accept", address: "aws_security_group.g", attributes: ["ingress"] }],
  });
  expect(renderText(plan([], group))).toMatch(/^Nothing changes; 1 not judged/);
  const undone = plan([updated("aws_security_group.g", ingress("0.0.0.0/0"), ingress("10.0.0.0/8"))], group);
  expect(undone.notJudged).toMatchObject([{ action: "update" }]);
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIam } from "../../../local/aws/iam";
import { readStack } from "../../../local/terraform/read-stack";

const folder = mkdtempSync(join(tmpdir(), "iam-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ref = (expression: string) => `\${${expression}}`;
const POOL = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_A";

/** The principal of a role with these statements. */
function principal(statements: unknown, more: Record<string, unknown> = {}) {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const resource = {
    aws_iam_role: { role: { name: "the-role" }, other: { name: "other" } },
    aws_iam_role_policy: { policy: { role: ref("aws_iam_role.role.name"), policy } },
    aws_lambda_function: { f: { function_name: "fn", role: ref("aws_iam_role.role.arn") } },
    ...more,
  };
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ "//": { metadata: { stackName: "s" } }, resource }));
  const iam = createIam(readStack(folder));
  const of = (name: string) => iam.principal(iam.roleCredentials(`arn:aws:iam::000000000000:role/${name}`).accessKeyId);
  return { role: of("the-role"), other: of("other"), iam };
}

const allow = (Action: unknown, Resource: unknown = POOL) => ({ Effect: "Allow", Action, Resource });

test("a role is known by its access key, as the function that assumed it", () => {
  const { role, iam } = principal([]);
  expect(role?.arn).toBe("arn:aws:sts::000000000000:assumed-role/the-role/fn");
  expect(role?.credentials).toEqual({
    accessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
    secretAccessKey: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
    sessionToken: expect.stringMatching(/^.{64}$/),
  });
  expect(iam.principal("ASIAUNKNOWN")).toBeUndefined();
});

test("two roles have different keys and their own policies only", () => {
  const { role, other } = principal([allow("cognito-idp:AdminGetUser")]);
  expect(role?.credentials.accessKeyId).not.toBe(other?.credentials.accessKeyId);
  expect([role, other].map((one) => one?.denial("cognito-idp:AdminGetUser", POOL) === undefined)).toEqual([
    true,
    false,
  ]);
});

test.each<[string, unknown, string, string, boolean]>([
  ["allows what a statement names", [allow("cognito-idp:AdminGetUser")], "cognito-idp:AdminGetUser", POOL, true],
  [
    "allows by a single statement",
    allow(["a:B", "cognito-idp:AdminGetUser"], [POOL]),
    "cognito-idp:AdminGetUser",
    POOL,
    true,
  ],
  ["compares actions without case", [allow("COGNITO-IDP:admingetuser")], "cognito-idp:AdminGetUser", POOL, true],
  ["denies another action", [allow("cognito-idp:AdminGetUser")], "cognito-idp:AdminDeleteUser", POOL, false],
  ["denies another resource", [allow("cognito-idp:AdminGetUser")], "cognito-idp:AdminGetUser", `${POOL}B`, false],
  [
    "compares resources with case",
    [allow("cognito-idp:AdminGetUser")],
    "cognito-idp:AdminGetUser",
    POOL.toUpperCase(),
    false,
  ],
  ["knows *", [allow("cognito-idp:Admin*", "*")], "cognito-idp:AdminGetUser", POOL, true],
  ["knows ?", [allow("cognito-idp:AdminGetUse?", "*")], "cognito-idp:AdminGetUser", POOL, true],
  ["takes a dot as a dot", [allow("*", "a.c")], "x:Y", "abc", false],
  [
    "lets Deny win",
    [allow("*", "*"), { Effect: "Deny", Action: "cognito-idp:Admin*", Resource: "*" }],
    "cognito-idp:AdminGetUser",
    POOL,
    false,
  ],
  [
    "knows NotAction",
    [{ Effect: "Allow", NotAction: "cognito-idp:*", Resource: "*" }],
    "cognito-idp:AdminGetUser",
    POOL,
    false,
  ],
  ["knows NotResource", [{ Effect: "Allow", Action: "*", NotResource: "x" }], "cognito-idp:AdminGetUser", POOL, true],
])("%s", (_, statements, action, resource, expected) => {
  expect(principal(statements).role?.denial(action, resource) === undefined).toBe(expected);
});

test("counts policies that are attached and those written into the role", () => {
  const document = JSON.stringify({ Statement: [allow("a:Attached", "*")] });
  const { role } = principal([], {
    aws_iam_role: {
      role: { name: "the-role", inline_policy: [{ policy: JSON.stringify({ Statement: [allow("a:Inline", "*")] }) }] },
      other: { name: "other" },
    },
    aws_iam_policy: { p: { name: "p", policy: document } },
    aws_iam_role_policy_attachment: {
      a: { role: ref("aws_iam_role.role.name"), policy_arn: ref("aws_iam_policy.p.arn") },
      logs: { role: "the-role", policy_arn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" },
    },
  });
  expect(["a:Attached", "a:Inline", "a:Other"].map((action) => role?.denial(action, "x") === undefined)).toEqual([
    true,
    true,
    false,
  ]);
});

test("evaluates conditions by the keys that every request has and those of this one", () => {
  const Condition = {
    Bool: { "aws:SecureTransport": "true" },
    StringEquals: { "aws:PrincipalArn": "arn:aws:iam::000000000000:role/the-role", "s3:prefix": "a/" },
  };
  const { role } = principal([{ ...allow("s3:ListBucket", "*"), Condition }]);
  expect(role?.denial("s3:ListBucket", "x", { "s3:prefix": ["a/"] })).toBeUndefined();
  expect(role?.denial("s3:ListBucket", "x", { "s3:prefix": ["b/"] })).toMatch(/no identity-based policy allows/);
  expect(role?.denial("s3:ListBucket", "x")).toMatch(/no identity-based policy allows/);
});

test("a Deny counts only where its condition is met", () => {
  const Condition = { StringLike: { "s3:prefix": "private/*" } };
  const { role } = principal([allow("*", "*"), { Effect: "Deny", Action: "*", Resource: "*", Condition }]);
  expect(role?.denial("s3:ListBucket", "x", { "s3:prefix": ["public/"] })).toBeUndefined();
  expect(role?.denial("s3:ListBucket", "x", { "s3:prefix": ["private/a"] })).toMatch(/explicit deny/);
});

test("rejects a managed policy that it does not know, a policy that is no JSON, and a condition that it does not evaluate", () => {
  const attachment = { a: { role: "the-role", policy_arn: "arn:aws:iam::aws:policy/AWSHealthFullAccess" } };
  expect(() => principal([], { aws_iam_role_policy_attachment: attachment })).toThrow(
    /^aws_iam_role_policy_attachment\.a: the policy .* is not known locally$/,
  );
  expect(() => principal([], { aws_iam_role_policy: { p: { role: "the-role", policy: "{" } } })).toThrow(
    "aws_iam_role_policy.p: policy is not valid JSON",
  );
  const Condition = { StringEquals: { "aws:PrincipalTag/team": "a" } };
  expect(() => principal([{ ...allow("*"), Condition }])).toThrow(
    "aws_iam_role_policy.policy: the condition key aws:PrincipalTag/team is not evaluated locally",
  );
});

test("knows usual managed policies", () => {
  const attachment = { a: { role: "the-role", policy_arn: "arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess" } };
  const { role } = principal([], { aws_iam_role_policy_attachment: attachment });
  expect(role?.denial("dynamodb:GetItem", "x")).toBeUndefined();
  expect(role?.denial("dynamodb:PutItem", "x")).toMatch(/not authorized to perform: dynamodb:PutItem/);
});

test("reads the policies of a role only when it is used: another service's role may have any", () => {
  const attachment = { a: { role: "other", policy_arn: "arn:aws:iam::aws:policy/AWSHealthFullAccess" } };
  const stack = { aws_iam_role_policy_attachment: attachment };
  expect(() => principal([], stack)).toThrow(/is not known locally/); // it asks for the credentials of both
  expect(() => createIam(readStack(folder))).not.toThrow();
});

test("rejects a role that the stack does not declare", () => {
  expect(() => principal([]).iam.roleCredentials("arn:aws:iam::1:role/x")).toThrow(/this role is not declared/);
});

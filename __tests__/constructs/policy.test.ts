import { assumableBy, policyDocument } from "../../constructs/policy";

test("allows the named actions on the named resource", () => {
  expect(JSON.parse(policyDocument([{ actions: ["s3:GetObject"], resource: "arn:aws:s3:::b/k" }]))).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::b/k" }],
  });
});

test.each([
  ["every action", { actions: ["*"], resource: "arn:aws:s3:::b" }],
  ["every action of a service", { actions: ["cognito-idp:*"], resource: "arn:aws:s3:::b" }],
  ["every resource", { actions: ["s3:GetObject"], resource: "*" }],
])("rejects %s", (_, statement) =>
  expect(() => policyDocument([statement])).toThrow("must name its actions and its resource"),
);

test("allows every resource where a reason is given, and never every action", () => {
  const reason = "X-Ray's actions know no resource";
  const [statement] = JSON.parse(
    policyDocument([{ actions: ["xray:PutTraceSegments"], resource: "*", reason }]),
  ).Statement;
  expect(statement).toEqual({ Effect: "Allow", Action: ["xray:PutTraceSegments"], Resource: "*" });
  expect(() => policyDocument([{ actions: ["xray:*"], resource: "*", reason }])).toThrow("got xray:*");
});

test("trusts one service", () => {
  expect(JSON.parse(assumableBy("lambda.amazonaws.com"))).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
  });
});

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

test("trusts one service", () => {
  expect(JSON.parse(assumableBy("lambda.amazonaws.com"))).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
  });
});

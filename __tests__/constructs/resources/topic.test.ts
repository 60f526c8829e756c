import { Topic } from "../../../constructs/resources/topic";
import { only, synthScope } from "../../support/synth";
import { granted, reference, synthWith, variables } from "./support";

test("a topic is encrypted, and takes messages by TLS only", () => {
  const json = synthScope((stack) => new Topic(stack, "alerts", { name: "dev-alerts" }));
  expect(only(json, "aws_sns_topic")).toEqual({ name: "dev-alerts", kms_master_key_id: "alias/aws/sns" });
  expect(JSON.parse(String(only(json, "aws_sns_topic_policy").policy)).Statement).toEqual([
    expect.objectContaining({
      Effect: "Deny",
      Action: "sns:Publish",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  ]);
});

test("grantPublish allows to publish, and gives the ARN", () => {
  const json = synthWith((stack, fn) => new Topic(stack, "alerts", { name: "dev-alerts" }).grantPublish(fn));
  const arn = reference(json, "aws_sns_topic", "arn");
  expect(granted(json)).toEqual([{ Action: ["sns:Publish"], Resource: arn }]);
  expect(variables(json)).toEqual({ ALERTS_TOPIC_ARN: arn });
});

test("a subscribed function may be invoked by this topic only", () => {
  const json = synthWith((stack, fn) => new Topic(stack, "alerts", { name: "dev-alerts" }).subscribeFunction(fn));
  const arn = reference(json, "aws_sns_topic", "arn");
  expect(only(json, "aws_lambda_permission")).toMatchObject({ principal: "sns.amazonaws.com", source_arn: arn });
  expect(only(json, "aws_sns_topic_subscription")).toMatchObject({
    topic_arn: arn,
    protocol: "lambda",
    endpoint: reference(json, "aws_lambda_function", "arn"),
  });
});

test("an address is subscribed", () => {
  const json = synthScope((stack) =>
    new Topic(stack, "alerts", { name: "dev-alerts" }).subscribeEmail("team", "team@example.com"),
  );
  expect(only(json, "aws_sns_topic_subscription")).toMatchObject({ protocol: "email", endpoint: "team@example.com" });
});

test("rejects a name that AWS rejects", () => {
  expect(() => synthScope((stack) => new Topic(stack, "alerts", { name: "a.b" }))).toThrow('got "a.b"');
});

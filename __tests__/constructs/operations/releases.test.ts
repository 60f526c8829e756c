/** RELEASES: versions of functions, and the alias by which everything invokes them. */
import { Testing } from "cdktf";
import { readConfig } from "../../../config";
import { Queue } from "../../../constructs/resources/queue";
import { Schedule } from "../../../constructs/resources/schedule";
import { Topic } from "../../../constructs/resources/topic";
import { routes } from "../../../routes";
import { ApiStack } from "../../../stack";
import { resources, type Synthesized, synthStack } from "../../support/synth";

const RELEASES = "true";
const byAlias = expect.stringMatching(/^\$\{aws_lambda_alias\.[\w-]+\.(arn|invoke_arn)\}$/);

test("without RELEASES there are no versions and no alias", () => {
  expect(JSON.stringify(synthStack())).not.toMatch(/aws_lambda_alias|"publish"|"qualifier"/);
});

test("each function publishes versions, and has the alias live on the last", () => {
  const json = synthStack({ RELEASES });
  expect(resources(json, "aws_lambda_function").filter(({ publish }) => publish !== true)).toEqual([]);
  const aliases = resources(json, "aws_lambda_alias");
  expect(aliases).toHaveLength(resources(json, "aws_lambda_function").length);
  for (const { name, function_name, function_version } of aliases) {
    expect(name).toBe("live");
    expect(function_version).toBe(String(function_name).replace(".function_name}", ".version}"));
  }
});

test.each(["rest", "http"])("API_TYPE=%s invokes the alias, and may invoke nothing else", (API_TYPE) => {
  const json = synthStack({ RELEASES, API_TYPE });
  const uris =
    API_TYPE === "rest"
      ? resources(json, "aws_api_gateway_integration").flatMap(({ type, uri }) => (type === "MOCK" ? [] : [uri]))
      : resources(json, "aws_apigatewayv2_integration").map(({ integration_uri: uri }) => uri);
  expect(uris.length).toBeGreaterThan(0);
  for (const uri of uris) expect(uri).toEqual(byAlias);
  for (const { qualifier } of resources(json, "aws_lambda_permission")) {
    expect(qualifier).toMatch(/^\$\{aws_lambda_alias\.[\w-]+\.name\}$/);
  }
});

test("queues, schedules, topics and triggers of the pool invoke the alias, too", () => {
  const stack = new ApiStack(Testing.app(), "dev", {
    config: readConfig({ RELEASES }),
    routes,
    resources: (scope, { name, userPool, fn }) => {
      const own = fn("process-note");
      new Queue(scope, "jobs", { name: `${name}-jobs` }).addConsumer(own);
      new Topic(scope, "news", { name: `${name}-news` }).subscribeFunction(own);
      new Schedule(scope, "nightly", { name: `${name}-nightly`, expression: "rate(1 day)", function: own });
      userPool.addTrigger("preSignUp", own);
    },
  });
  const json = JSON.parse(Testing.synth(stack)) as Synthesized;
  expect(resources(json, "aws_lambda_event_source_mapping")[0]?.function_name).toEqual(byAlias);
  expect(resources(json, "aws_sns_topic_subscription")[0]?.endpoint).toEqual(byAlias);
  expect(resources(json, "aws_scheduler_schedule")[0]?.target).toMatchObject({ arn: byAlias });
  expect(resources(json, "aws_cognito_user_pool")[0]?.lambda_config).toMatchObject({ pre_sign_up: byAlias });
  const unqualified = resources(json, "aws_lambda_permission").filter(({ qualifier }) => qualifier === undefined);
  expect(unqualified).toEqual([]);
});

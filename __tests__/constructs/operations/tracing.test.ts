/** TRACING: X-Ray on stage and functions, with the permissions that it needs and no others. */
import { configNotes, readConfig } from "../../../config";
import { only, resources, type Synthesized, synthStack, type Values } from "../../support/synth";

const TRACING = "true";
const rest = synthStack({ TRACING });
const http = synthStack({ TRACING, API_TYPE: "http" });

const traced = (stack: Synthesized) => resources(stack, "aws_lambda_function").map((fn) => fn.tracing_config);
const xray = (stack: Synthesized) =>
  resources(stack, "aws_iam_role_policy")
    .filter(({ name }) => name === "function")
    .map(({ policy }) =>
      (JSON.parse(String(policy)) as { Statement: Values[] }).Statement.filter(({ Action }) =>
        String(Action).includes("xray"),
      ),
    );
const format = (stack: Synthesized, type: string) =>
  JSON.parse((only(stack, type).access_log_settings as { format: string }).format) as Values;

test.each([
  ["rest", rest],
  ["http", http],
])("every function of API_TYPE=%s is traced, and may send traces", (_, stack) => {
  for (const config of traced(stack)) expect(config).toEqual({ mode: "Active" });
  for (const statements of xray(stack)) {
    expect(statements).toEqual([
      { Effect: "Allow", Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource: "*" },
    ]);
  }
});

test("the stage of a REST API is traced, and its access log names the trace", () => {
  expect(only(rest, "aws_api_gateway_stage").xray_tracing_enabled).toBe(true);
  expect(format(rest, "aws_api_gateway_stage")).toMatchObject({ traceId: "$context.xrayTraceId" });
});

test("an HTTP API has no X-Ray, and synth says so", () => {
  expect(JSON.stringify(http.resource.aws_apigatewayv2_stage)).not.toContain("xray");
  expect(configNotes(readConfig({ TRACING, API_TYPE: "http" })).join()).toContain("TRACING traces the functions only");
  expect(configNotes(readConfig({ TRACING })).join()).not.toContain("TRACING");
});

test("without TRACING nothing is traced", () => {
  const plain = synthStack();
  expect(new Set(traced(plain))).toEqual(new Set([undefined]));
  expect(JSON.stringify(plain)).not.toMatch(/xray/i);
});

test.each([
  ["aws_api_gateway_stage", synthStack()],
  ["aws_apigatewayv2_stage", http],
])("the access log of %s names the function's request", (type, stack) => {
  expect(format(stack, type)).toMatchObject({
    requestId: "$context.requestId",
    functionRequestId: "$context.integration.requestId",
  });
});

/** Each function runs the archived code, as a role that Lambda can assume, with a pool and client that exist. */

import { block, type Resource, type State, text, type Values } from "../gate/state";
import { functionsClient } from "./app-client";
import { isCovered, statements } from "./policies";

export const functionProblems = (state: State): string[] =>
  state
    .all("aws_lambda_function")
    .flatMap((fn) => problemsOf(state, fn).map((problem) => `${text(fn, "function_name")}: ${problem}`));

function problemsOf(state: State, fn: Resource): string[] {
  const role = state.all("aws_iam_role").find((candidate) => text(candidate, "arn") === text(fn, "role"));
  const logGroup = String(block(fn, "logging_config").log_group ?? `/aws/lambda/${text(fn, "function_name")}`);
  const logs = state.all("aws_cloudwatch_log_group").find((candidate) => text(candidate, "name") === logGroup);
  const { variables = {} } = block(fn, "environment") as { variables?: Values };
  const archived = state.resources.some(
    ({ type, values }) => type === "archive_file" && values.output_base64sha256 === fn.values.source_code_hash,
  );
  return [
    ...(archived ? [] : ["source_code_hash is of no archive"]),
    ...roleProblems(state, role, logs),
    ...(logs ? [] : [`log group ${logGroup} is not made by this stack`]),
    ...(fn.values.handler === "index.handler" ? [] : ["handler is not the bundle's export"]),
    ...environmentProblems(state, variables),
  ];
}

function roleProblems(state: State, role: Resource | undefined, logs: Resource | undefined): string[] {
  if (!role) return ["its role is not made by this stack"];
  const trusted = text(role, "assume_role_policy").includes('"lambda.amazonaws.com"');
  const mayLog = (action: string) =>
    statements(state, role).some(
      ({ actions, resources }) =>
        actions.includes(action) &&
        resources.some((pattern) => isCovered(`${text(logs, "arn")}:log-stream:any`, pattern)),
    );
  return [
    ...(trusted ? [] : ["Lambda cannot assume its role"]),
    ...["logs:CreateLogStream", "logs:PutLogEvents"]
      .filter((action) => !mayLog(action))
      .map((action) => `its role lacks ${action} on its log group`),
  ];
}

function environmentProblems(state: State, variables: Values): string[] {
  const client = functionsClient(state);
  const expected = { USER_POOL_ID: text(client, "user_pool_id"), CLIENT_ID: text(client, "id") };
  return Object.entries(expected)
    .filter(([name, value]) => variables[name] !== value)
    .map(([name, value]) => `${name} must be ${value}, got ${variables[name]}`);
}

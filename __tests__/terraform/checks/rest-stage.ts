/** The stage of a REST API serves the deployment, can write its logs, and limits methods that exist. */
import { block, type Resource, type State, text } from "../gate/state";
import { restMethods } from "./endpoints";
import { isCovered, statements } from "./policies";

export const restStageProblems = (state: State): string[] =>
  state.all("aws_api_gateway_stage").flatMap((stage) => problemsOf(state, stage));

function problemsOf(state: State, stage: Resource): string[] {
  const deployment = state.only("aws_api_gateway_deployment");
  const groups = state.all("aws_cloudwatch_log_group");
  const destination = String(block(stage, "access_log_settings").destination_arn ?? "");
  const execution = `API-Gateway-Execution-Logs_${text(stage, "rest_api_id")}/${text(stage, "stage_name")}`;
  return [
    ...(text(stage, "deployment_id") === text(deployment, "id") ? [] : ["the stage does not serve the deployment"]),
    ...(groups.some((group) => text(group, "arn") === destination)
      ? []
      : [`access logs go to ${destination || "nowhere"}`]),
    ...(groups.some((group) => text(group, "name") === execution) ? [] : [`${execution} is not made by this stack`]),
    ...accountProblems(state, destination),
    ...limitProblems(state, text(stage, "stage_name")),
  ];
}

/** The account-wide role, if this stack creates it, may write the access logs. */
function accountProblems(state: State, destination: string): string[] {
  return state.all("aws_api_gateway_account").flatMap((account) => {
    const arn = text(account, "cloudwatch_role_arn");
    const role = state.all("aws_iam_role").find((candidate) => text(candidate, "arn") === arn);
    if (!role) return [`API Gateway's role ${arn} is not made by this stack`];
    const trusted = text(role, "assume_role_policy").includes('"apigateway.amazonaws.com"');
    const mayLog = statements(state, role).some(
      ({ actions, resources }) =>
        actions.includes("logs:PutLogEvents") && resources.some((pattern) => isCovered(destination, pattern)),
    );
    return [
      ...(trusted ? [] : ["API Gateway cannot assume its role for logs"]),
      ...(mayLog ? [] : ["API Gateway's role may not write the access logs"]),
    ];
  });
}

function limitProblems(state: State, stageName: string): string[] {
  const existing = new Set(
    restMethods(state).map(({ httpMethod, path }) => `${path.replaceAll("/", "~1")}/${httpMethod}`),
  );
  const settings = state.all("aws_api_gateway_method_settings");
  const paths = settings.map((limit) => text(limit, "method_path"));
  return [
    ...settings
      .filter((limit) => text(limit, "stage_name") !== stageName)
      .map(({ address }) => `${address} is of another stage`),
    ...(paths.includes("*/*") ? [] : ["the stage has no limit for all methods"]),
    ...paths
      .filter((path) => path !== "*/*" && !existing.has(path))
      .map((path) => `there is no method ${path} to limit`),
  ];
}

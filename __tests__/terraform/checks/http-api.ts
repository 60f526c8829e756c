/** An HTTP API is consistent: routes with their authorizer and integration, and a stage that serves them. */
import { block, type State, text } from "../gate/state";
import { type Endpoint, httpRoutes, invoked } from "./endpoints";

export function httpApiProblems(state: State): string[] {
  const [api] = state.all("aws_apigatewayv2_api");
  if (!api) return [];
  const strangers = state.resources
    .filter(({ values }) => "api_id" in values && values.api_id !== api.values.id)
    .map(({ address }) => `${address} belongs to another API`);
  const routes = httpRoutes(state);
  return [...strangers, ...routes.flatMap((route) => routeProblems(state, route)), ...stageProblems(state, routes)];
}

function routeProblems(state: State, { name, open, resource, integration, invokeArn }: Endpoint): string[] {
  const refers = (id: string, type: string, attribute = "id") =>
    state.all(type).some((other) => text(other, attribute) === id);
  return [
    ...(open || refers(text(resource, "authorizer_id"), "aws_apigatewayv2_authorizer")
      ? []
      : [`${name} has no authorizer`]),
    ...(integration ? [] : [`${name} has no integration`]),
    ...(invoked(state, invokeArn) ? [] : [`${name} invokes no function of this stack`]),
    ...(text(integration, "payload_format_version") === "1.0"
      ? []
      : [`${name} sends an event format that no handler reads`]),
  ];
}

function stageProblems(state: State, routes: readonly Endpoint[]): string[] {
  const stage = state.only("aws_apigatewayv2_stage");
  const destination = String(block(stage, "access_log_settings").destination_arn ?? "");
  const logs = state.all("aws_cloudwatch_log_group").some((group) => text(group, "arn") === destination);
  const limited = ((stage.values.route_settings ?? []) as { route_key: string }[]).map(({ route_key }) => route_key);
  return [
    ...(stage.values.auto_deploy === true ? [] : ["the stage does not deploy changes"]),
    ...(logs ? [] : [`access logs go to ${destination || "nowhere"}`]),
    ...(Number(block(stage, "default_route_settings").throttling_rate_limit) > 0 ? [] : ["the stage has no limit"]),
    ...limited
      .filter((key) => !routes.some(({ name }) => name === key))
      .map((key) => `there is no route ${key} to limit`),
  ];
}

/** The order of creation where no reference enforces it: otherwise AWS rejects the request, or serves without the resource, by chance. */
import { servedTypes } from "../../support/served-types";
import type { Resource, State } from "../gate/state";
import { text } from "../gate/state";
import { httpRoutes, place } from "./endpoints";

/** What a deployment copies, and the permissions that its routes need. */
const served = [...servedTypes, "aws_lambda_permission"];

export const dependencyProblems = (state: State): string[] => [
  ...state.all("aws_api_gateway_deployment").flatMap((it) => missingDependencies(it, state.all(...served))),
  ...state.all("aws_api_gateway_integration_response").flatMap((it) =>
    missingDependencies(
      it,
      state
        .all("aws_api_gateway_integration", "aws_api_gateway_method_response")
        .filter((other) => place(other) === place(it)),
    ),
  ),
  ...state
    .all("aws_api_gateway_stage")
    .flatMap((it) =>
      missingDependencies(it, [
        ...state.all("aws_api_gateway_account"),
        ...state
          .all("aws_cloudwatch_log_group")
          .filter((group) => text(group, "name").startsWith("API-Gateway-Execution-Logs_")),
      ]),
    ),
  ...state.all("aws_apigatewayv2_stage").flatMap((it) => missingDependencies(it, state.all("aws_apigatewayv2_route"))),
  // A route of an HTTP API is served as soon as it is created.
  ...httpRoutes(state).flatMap(({ httpMethod, path, resource }) => {
    const end = `/*/${httpMethod}${path.replace(/\{[^}]+\}/g, "*")}`;
    const permissions = state.all("aws_lambda_permission").filter((given) => text(given, "source_arn").endsWith(end));
    return missingDependencies(resource, permissions);
  }),
  // A role without its policy cannot write logs: the first requests would fail, or not be logged.
  ...state.all("aws_lambda_function", "aws_api_gateway_account").flatMap((it) => {
    const arn = text(it, "role") || text(it, "cloudwatch_role_arn");
    const names = state
      .all("aws_iam_role")
      .filter((role) => text(role, "arn") === arn)
      .map((role) => text(role, "name"));
    return missingDependencies(
      it,
      state.all("aws_iam_role_policy").filter((policy) => names.includes(text(policy, "role"))),
    );
  }),
  // Lambda would create the group, without retention, and Terraform's own would fail.
  ...state.all("aws_lambda_function").flatMap((it) => {
    const own = `/aws/lambda/${text(it, "function_name")}`;
    return missingDependencies(
      it,
      state.all("aws_cloudwatch_log_group").filter((group) => text(group, "name") === own),
    );
  }),
];

function missingDependencies(resource: Resource, before: readonly Resource[]): string[] {
  const known = new Set(resource.dependencies);
  return before
    .filter(({ address }) => !known.has(address))
    .map(({ address }) => `${resource.address} does not wait for ${address}`);
}

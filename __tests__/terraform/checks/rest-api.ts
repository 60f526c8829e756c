/** A REST API is consistent: methods with their authorizer, validator, models, integration and responses. */
import { type Resource, type State, text } from "../gate/state";
import { type Endpoint, invoked, place, restMethods } from "./endpoints";

export function restApiProblems(state: State): string[] {
  const [api] = state.all("aws_api_gateway_rest_api");
  if (!api) return [];
  const strangers = state.resources
    .filter(({ values }) => "rest_api_id" in values && values.rest_api_id !== api.values.id)
    .map(({ address }) => `${address} belongs to another API`);
  return [...strangers, ...restMethods(state).flatMap((method) => methodProblems(state, method))];
}

function methodProblems(state: State, { name, open, resource, integration }: Endpoint): string[] {
  const problems: string[] = [];
  const refer = (what: string, id: string, type: string, attribute = "id") => {
    if (!state.all(type).some((other) => text(other, attribute) === id)) {
      problems.push(`${name}: ${what} must be a ${type}, got ${id || "none"}`);
    }
  };
  if (name.includes("<")) problems.push(`${resource.address} has no resource`);
  if (!open) {
    refer("authorizer", text(resource, "authorizer_id"), "aws_api_gateway_authorizer");
  }
  refer("request validator", text(resource, "request_validator_id"), "aws_api_gateway_request_validator");
  for (const model of Object.values((resource.values.request_models ?? {}) as Record<string, string>)) {
    refer("request model", model, "aws_api_gateway_model", "name");
  }
  if (!integration) return [...problems, `${name} has no integration`];
  const type = text(integration, "type");
  if (type === "AWS_PROXY") {
    if (!invoked(state, text(integration, "uri"))) problems.push(`${name} invokes no function of this stack`);
    const by = text(integration, "integration_http_method");
    if (by !== "POST") problems.push(`${name} invokes Lambda by ${by}, which accepts POST only`);
  } else if (type === "MOCK") {
    problems.push(...mockProblems(state, name, resource));
  }
  return problems;
}

/** The two responses of a MOCK integration have the same status. */
function mockProblems(state: State, name: string, method: Resource): string[] {
  const statuses = (type: string) =>
    state
      .all(type)
      .filter((response) => place(response) === place(method))
      .map((response) => text(response, "status_code"))
      .join();
  const [declared, returned] = ["aws_api_gateway_method_response", "aws_api_gateway_integration_response"].map(
    statuses,
  );
  return declared && declared === returned
    ? []
    : [`${name} declares status ${declared || "none"} and returns ${returned || "none"}`];
}

/** API Gateway may invoke each function for its routes only. */
import { type State, text } from "../gate/state";
import { endpoints, executionArns, invoked } from "./endpoints";

/** One permission per route: this API, any stage, this method and path. Path parameters are `*`. */
export function permissionProblems(state: State): string[] {
  const [executionArn] = executionArns(state);
  const needed = endpoints(state).flatMap(({ httpMethod, path, invokeArn }) => {
    const name = invoked(state, invokeArn);
    const arn = `${executionArn}/*/${httpMethod}${path.replace(/\{[^}]+\}/g, "*")}`;
    return name ? [`lambda:InvokeFunction on ${name} by apigateway.amazonaws.com from ${arn}`] : [];
  });
  const given = state.all("aws_lambda_permission").map((permission) => {
    const [action, name, principal, arn] = ["action", "function_name", "principal", "source_arn"].map((attribute) =>
      text(permission, attribute),
    );
    const qualifier = text(permission, "qualifier");
    return `${action} on ${name}${qualifier && `:${qualifier}`} by ${principal} from ${arn}`;
  });
  return [
    ...needed
      .filter((permission) => !given.includes(permission))
      .map((permission) => `missing permission: ${permission}`),
    ...given
      .filter((permission) => !needed.includes(permission))
      .map((permission) => `needless permission: ${permission}`),
  ];
}

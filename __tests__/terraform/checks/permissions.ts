/** API Gateway may invoke each function for its routes only. */
import { type State, text } from "../gate/state";
import { endpoints, executionArns } from "./endpoints";

/** One permission per route: this API, any stage, this method and path. Path parameters are `*`. */
export function permissionProblems(state: State): string[] {
  const [executionArn] = executionArns(state);
  const needed = endpoints(state).flatMap(({ httpMethod, path, invokeArn }) => {
    const fn = state.all("aws_lambda_function").find((candidate) => text(candidate, "invoke_arn") === invokeArn);
    const arn = `${executionArn}/*/${httpMethod}${path.replace(/\{[^}]+\}/g, "*")}`;
    return fn ? [`lambda:InvokeFunction on ${text(fn, "function_name")} by apigateway.amazonaws.com from ${arn}`] : [];
  });
  const given = state.all("aws_lambda_permission").map((permission) => {
    const [action, name, principal, arn] = ["action", "function_name", "principal", "source_arn"].map((attribute) =>
      text(permission, attribute),
    );
    return `${action} on ${name} by ${principal} from ${arn}`;
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

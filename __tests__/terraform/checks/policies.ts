/** Role policies name actions and resources that exist. AWS accepts a policy with a typo and later denies the request. */
import { type Resource, type State, text } from "../gate/state";

/** Operations by IAM service prefix: `logs`, `cognito-idp`. */
export type KnownActions = Readonly<Record<string, readonly string[]>>;

/** Services whose IAM actions are named like their operations. */
export const knownServices = ["cognito-idp", "dynamodb", "kms", "logs", "secretsmanager", "sns", "sqs", "ssm", "xray"];

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** The Allow statements of a role. */
export function statements(state: State, role: Resource): Statement[] {
  return state
    .all("aws_iam_role_policy")
    .filter((policy) => text(policy, "role") === text(role, "name"))
    .flatMap((policy) => {
      const { Statement } = JSON.parse(text(policy, "policy")) as { Statement: Record<string, string | string[]>[] };
      return Statement.filter(({ Effect }) => Effect === "Allow").map(({ Action = [], Resource = [] }) => ({
        actions: [Action].flat(),
        resources: [Resource].flat(),
      }));
    });
}

/** Whether a policy's resource, with `*` and `?`, matches this ARN. */
export function isCovered(arn: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(arn);
}

export function policyProblems(state: State, known: KnownActions): string[] {
  const roles = state.all("aws_iam_role");
  const orphans = state
    .all("aws_iam_role_policy")
    .filter((policy) => !roles.some((role) => text(role, "name") === text(policy, "role")))
    .map(({ address }) => `${address} belongs to no role of this stack`);
  // A key is given by its ARN.
  const arns = state.resources
    .flatMap((resource) => [text(resource, "arn"), text(resource, "kms_key_arn")])
    .filter(Boolean);
  return [
    ...orphans,
    ...roles.flatMap((role) =>
      statements(state, role)
        .flatMap(({ actions, resources }) => [
          ...actions.flatMap((action) => actionProblem(action, known)),
          ...resources.flatMap((resource) => resourceProblem(resource, arns)),
        ])
        .map((problem) => `role ${text(role, "name")}: ${problem}`),
    ),
  ];
}

function actionProblem(action: string, known: KnownActions): string[] {
  const [service = "", operation = ""] = action.split(":");
  const operations = known[service];
  if (!operations) return [`the gate does not know the actions of ${action}: add the service to knownServices`];
  return operations.includes(operation) ? [] : [`there is no action ${action}`];
}

/** A resource must match something in the state; `:*` after a log group's ARN matches its streams. */
function resourceProblem(resource: string, arns: readonly string[]): string[] {
  const exists = arns.some((arn) => isCovered(arn, resource) || isCovered(`${arn}:log-stream:any`, resource));
  return exists ? [] : [`${resource} matches nothing that this stack creates or reads`];
}

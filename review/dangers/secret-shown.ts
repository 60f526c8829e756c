/** Secrets in places that people, logs or other systems read. */
import type { Change, OutputChange, Plan } from "../plan/plan";
import { referencedResources } from "../plan/resolve";
import { asObject, hasMark, isEmpty, type JsonObject, keysOf, own, pick, same } from "../plan/value";
import { isMarked, SENSITIVE } from "../secrets/mask";
import { badValue, type Danger, type Finding, place } from "./danger";

/** Attributes that consoles, logs and bills show. Others are places where a secret may be kept. */
const PUBLIC =
  /^(name|name_prefix|.*_name|description|tags|tags_all|path_part|stage_name|variables|triggers|uri|request_templates|request_parameters|response_templates|response_parameters|schema|access_log_settings|format)$/;

/** Attributes that are secrets, whatever `nonsensitive()` says of them. */
const SECRET_REFERENCE = /\.(client_secret|secret_string|private_key_pem|password)\b/;

export const secretShown: readonly Danger[] = [
  {
    kind: "secret-shown",
    reason: "An output holds a secret: it can be read in the state and in the job's outputs, even if marked sensitive.",
    advice: "Remove the output and read the secret from its own store.",
    find: outputs,
  },
  {
    kind: "secret-shown",
    reason: "The function's environment holds a secret: anyone who may view the function can read it.",
    advice: "Let the function read it at run time (Cognito, Secrets Manager) with one action on one resource.",
    find: (plan) => plan.ofType("aws_lambda_function").flatMap((change) => environment(plan, change)),
  },
  {
    kind: "secret-shown",
    reason: "A name, description, tag or template holds a secret; consoles and logs show those.",
    advice: "Remove it, and rotate the secret.",
    find: (plan) => plan.changes.flatMap((change) => names(change)),
  },
  {
    kind: "secret-shown",
    reason: "Data tracing logs every request and response body, passwords and tokens included.",
    advice: "Keep data_trace_enabled = false.",
    find: (plan) => [
      ...badValue({
        types: ["aws_api_gateway_method_settings"],
        attribute: "settings.data_trace_enabled",
        bad: (value) => value === true,
      })(plan),
      ...badValue({
        types: ["aws_apigatewayv2_stage"],
        attribute: "default_route_settings.data_trace_enabled",
        bad: (value) => value === true,
      })(plan),
    ],
  },
];

function outputs(plan: Plan): Finding[] {
  return plan.outputs.flatMap((output) => {
    if (output.verb === "destroy" || !holdsSecret(output)) return [];
    const standing = output.verb === "keep" && !unmarked(output);
    const shown = { before: output.before === null || output.before === undefined ? "no output" : SENSITIVE };
    return [
      {
        address: `output.${output.name}`,
        attribute: "value",
        ...shown,
        after: SENSITIVE,
        ...(standing && { standing }),
      },
    ];
  });
}

const holdsSecret = (output: OutputChange) =>
  output.declaredSensitive ||
  hasMark(output.afterSensitive) ||
  unmarked(output) ||
  output.references.some((reference) => SECRET_REFERENCE.test(reference));

/** The value stays and loses its sensitive mark. */
const unmarked = (output: OutputChange) =>
  hasMark(output.beforeSensitive) && !output.declaredSensitive && output.verb !== "destroy";

function environment(plan: Plan, change: Change): Finding[] {
  if (!change.after) return [];
  const old = variables(change.before, change.beforeSensitive);
  const now = variables(change.after, change.afterSensitive);
  const names = keysOf(now.values, asObject(pick(change.unknown, VARIABLES)));
  const referring = change.verb !== "keep" && refersToSecret(plan, change);
  const found = names.flatMap((name) => {
    if (!isSecret(plan, now, name)) return [];
    const standing = isSecret(plan, old, name) && same(own(old.values, name), own(now.values, name));
    const before = own(old.values, name) === undefined ? "not set" : SENSITIVE;
    return [place(change, `${VARIABLES}.${name}`, { before, after: SENSITIVE, standing })];
  });
  return found.length > 0 || !referring
    ? found
    : [place(change, "environment", { before: "no secret", after: "refers to a secret" })];
}

const VARIABLES = "environment.variables";

type Variables = { readonly values: JsonObject; readonly marks: unknown };
const variables = (values: unknown, marks: unknown): Variables => ({
  values: asObject(pick(values, VARIABLES)),
  marks: pick(marks, VARIABLES),
});

function isSecret(plan: Plan, { values, marks }: Variables, name: string): boolean {
  const text = own(values, name);
  return isMarked(marks === true || own(marks, name)) || (typeof text === "string" && plan.redact(text) !== text);
}

/** Through `nonsensitive()`, or in a value that is known only after apply. */
function refersToSecret(plan: Plan, change: Change): boolean {
  const expression = pick(plan.block(change)?.expressions, VARIABLES);
  return (
    JSON.stringify(own(expression, "references") ?? []).match(SECRET_REFERENCE) !== null &&
    referencedResources(plan, change, VARIABLES).length > 0
  );
}

function names(change: Change): Finding[] {
  if (!change.after || !hasMark(change.afterSensitive)) return [];
  return Object.entries(asObject(change.afterSensitive)).flatMap(([attribute, marks]) => {
    if (!PUBLIC.test(attribute) || !hasMark(marks) || attribute === "tags_all") return [];
    const standing =
      hasMark(own(change.beforeSensitive, attribute)) &&
      same(own(change.before, attribute), own(change.after, attribute));
    const before = isEmpty(own(change.before, attribute)) ? "not set" : SENSITIVE;
    return [place(change, attribute, { before, after: SENSITIVE, standing })];
  });
}

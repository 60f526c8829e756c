/** Secrets in places that people, logs or other systems read. */
import type { Change, OutputChange, Plan } from "../plan/plan";
import { referencedResources } from "../plan/resolve";
import { asList, asObject, hasMark, isEmpty, type JsonObject, keysOf, own, pick, same } from "../plan/value";
import { isMarked, SENSITIVE } from "../secrets/mask";
import { isReference, isSecretText } from "../secrets/names";
import { collectTexts } from "../secrets/own-marks";
import { type Finding, looks, NOT_SET, place, type Rule } from "./rule";
import { anyOf, onValue } from "./searches";

/** Attributes that consoles, logs and bills show. Others are places where a secret may be kept. */
const PUBLIC =
  /^(name|name_prefix|.*_name|description|tags|tags_all|path_part|stage_name|variables|stage_variables|triggers|uri|request_templates|request_parameters|response_templates|response_parameters|schema|access_log_settings|format)$/;

/** Attributes that are secrets, whatever `nonsensitive()` says of them. */
const SECRET_REFERENCE = /\.(client_secret|secret_string|private_key_pem|password)\b/;

export const secretShown: readonly Rule[] = [
  {
    kind: "secret-shown",
    reason: "An output holds a secret: it can be read in the state and in the job's outputs, even if marked sensitive.",
    advice: "Remove the output and read the secret from its own store.",
    find: outputs,
  },
  {
    kind: "secret-shown",
    severity: "high",
    reason: "The function's environment holds a secret: anyone who may view the function can read it.",
    advice: "Let the function read it at run time (Cognito, Secrets Manager) with one action on one resource.",
    looksAt: looks(["aws_lambda_function"], "environment"),
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
    ...anyOf(
      onValue("aws_api_gateway_method_settings", "settings.data_trace_enabled", (value) => value === true),
      onValue("aws_apigatewayv2_stage", "default_route_settings.data_trace_enabled", (value) => value === true),
    ),
  },
  {
    kind: "secret-shown",
    reason: "The access log holds callers' tokens or cookies: anyone who can read the log can impersonate them.",
    advice: "Log the claims that you need ($context.authorizer.claims.sub), never the header.",
    ...onValue(["aws_api_gateway_stage", "aws_apigatewayv2_stage"], "access_log_settings.format", (value) =>
      /\.header\.(x-)?(authorization|cookie|token|api-key)|accessToken/i.test(String(value ?? "")),
    ),
  },
  {
    kind: "secret-shown",
    reason: "A secret is in clear text in the resource's settings: the plan, the state and the console show it.",
    advice: "Refer to it (Secrets Manager, a SecureString parameter), and replace it by a new one.",
    looksAt: { aws_cloudfront_distribution: ["origin"], aws_ssm_parameter: ["type", "value", "insecure_value"] },
    find: (plan) =>
      plan.ofType("aws_cloudfront_distribution", "aws_ssm_parameter").flatMap((change) => clearText(plan, change)),
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
  isMarked(output.afterSensitive) ||
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
    const before = own(old.values, name) === undefined ? NOT_SET : SENSITIVE;
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
  if (!change.after || !isMarked(change.afterSensitive)) return [];
  return Object.entries(asObject(change.afterSensitive)).flatMap(([attribute, marks]) => {
    if (!PUBLIC.test(attribute) || attribute === "tags_all") return [];
    if (!holdsSecretText(own(change.after, attribute), marks)) return [];
    const standing =
      isMarked(own(change.beforeSensitive, attribute)) &&
      same(own(change.before, attribute), own(change.after, attribute));
    const before = isEmpty(own(change.before, attribute)) ? NOT_SET : SENSITIVE;
    return [place(change, attribute, { before, after: SENSITIVE, standing })];
  });
}

/** An ARN that was read from a parameter is marked, and no secret. */
function holdsSecretText(value: unknown, marks: unknown): boolean {
  let found = false;
  collectTexts(value, marks, (text) => {
    found ||= !isReference(text);
  });
  return found;
}

/** Headers by which an origin knows its CDN, and plain parameters: neither is marked by the provider. */
function clearText(plan: Plan, change: Change): Finding[] {
  if (!change.after) return [];
  if (change.type === "aws_ssm_parameter") return parameter(plan, change);
  const headers = (values: unknown) =>
    asList(own(values, "origin")).flatMap((origin) => asList(own(origin, "custom_header")));
  const [before, after] = [headers(change.before), headers(change.after)];
  if (after.length === 0) return [];
  const standing = after.every((header) => before.some((other) => same(header, other)));
  return [
    place(change, "origin.custom_header", {
      before: before.length > 0 ? SENSITIVE : NOT_SET,
      after: SENSITIVE,
      standing,
    }),
  ];
}

function parameter(plan: Plan, change: Change): Finding[] {
  const isPlain = (values: unknown) => values !== undefined && own(values, "type") !== "SecureString";
  if (!isPlain(change.after)) return [];
  const attribute = isEmpty(own(change.after, "insecure_value")) ? "value" : "insecure_value";
  const [name, text] = [String(own(change.after, "name") ?? ""), own(change.after, attribute)];
  const references = JSON.stringify(own(pick(plan.block(change)?.expressions, attribute), "references") ?? []);
  const last = name.split("/").at(-1) ?? "";
  const secret =
    SECRET_REFERENCE.test(references) ||
    (change.before !== undefined && !isPlain(change.before)) ||
    (typeof text === "string" && isSecretText(last, text));
  if (!secret) return [];
  const standing = isPlain(change.before) && same(own(change.before, attribute), text);
  return [place(change, "type", { before: change.before ? own(change.before, "type") : "no parameter", standing })];
}

/** Changes that no caller sees, because the stage keeps serving an older deployment (a snapshot of the API). */
import { apiOf } from "../api/served-routes";
import { append } from "../plan/index-changes";
import { perPlan } from "../plan/per-plan";
import type { Change, Plan } from "../plan/plan";
import { asObject, asText, keysOf, own, same } from "../plan/value";
import { CREATED, ENDED, type Finding, looks, place, type Rule } from "./rule";

interface Family {
  readonly api: string;
  readonly served: readonly string[];
  readonly deployment: string;
  readonly stage: string;
}

/** What a deployment is a snapshot of. Throttling, logs and other stage settings take effect at once. */
const families: readonly Family[] = [
  {
    api: "aws_api_gateway_rest_api",
    served: [
      "aws_api_gateway_rest_api",
      "aws_api_gateway_rest_api_policy",
      "aws_api_gateway_resource",
      "aws_api_gateway_method",
      "aws_api_gateway_method_response",
      "aws_api_gateway_integration",
      "aws_api_gateway_integration_response",
      "aws_api_gateway_model",
      "aws_api_gateway_request_validator",
      "aws_api_gateway_authorizer",
      "aws_api_gateway_gateway_response",
    ],
    deployment: "aws_api_gateway_deployment",
    stage: "aws_api_gateway_stage",
  },
  {
    api: "aws_apigatewayv2_api",
    served: [
      "aws_apigatewayv2_route",
      "aws_apigatewayv2_integration",
      "aws_apigatewayv2_authorizer",
      "aws_apigatewayv2_model",
    ],
    deployment: "aws_apigatewayv2_deployment",
    stage: "aws_apigatewayv2_stage",
  },
];

export const noEffect: readonly Rule[] = [
  {
    kind: "no-effect",
    reason: "The API changes, but its deployment is not replaced: callers keep getting the old API.",
    advice: "Include everything served in the deployment's triggers, so that each change replaces it.",
    looksAt: {
      ...looks(
        ["aws_api_gateway_deployment", "aws_apigatewayv2_deployment"],
        "triggers",
        "rest_api_id",
        "api_id",
        CREATED,
        ENDED,
      ),
      ...looks(
        ["aws_api_gateway_stage", "aws_apigatewayv2_stage"],
        "deployment_id",
        "auto_deploy",
        "rest_api_id",
        "api_id",
        CREATED,
      ),
    },
    find: (plan) => eachApi(plan).flatMap(({ api, family, served }) => notDeployed(plan, api, family, served)),
  },
  {
    kind: "unknown",
    reason: "The API's stage is in another state: whether callers get this change cannot be told.",
    advice: "Deploy the API there after this apply, or confirm that its stage deploys by itself (auto_deploy).",
    find: (plan) =>
      eachApi(plan)
        .filter(({ api, family }) => isElsewhere(plan, api, family))
        .flatMap(({ served }) => served.slice(0, 1))
        .map((change) => place(change, "stage", { before: "in another state", after: "not in this plan" })),
  },
  {
    kind: "no-effect",
    reason: "The stage stays on another deployment than the new one: callers keep getting the old API.",
    advice: "Let the stage's deployment_id refer to the deployment.",
    find: (plan) => eachApi(plan).flatMap(({ api, family }) => pinned(plan, api, family)),
  },
];

/** Each API with a served change. New and destroyed APIs serve nothing old. */
const eachApi = perPlan((plan) =>
  families.flatMap((family) => {
    const byApi = new Map<string, Change[]>();
    for (const change of plan.ofType(...family.served).filter(isServed)) {
      const api = change.type === family.api ? change.address : apiOf(plan, change, change.after ? "after" : "before");
      const verb = plan.at(api)?.verb;
      if (verb === "create" || verb === "destroy") continue;
      append(byApi, api, change);
    }
    return [...byApi].map(([api, served]) => ({ api, family, served }));
  }),
);

const apiAttributes = ["body", "policy", "binary_media_types", "minimum_compression_size", "api_key_source"];

function isServed(change: Change): boolean {
  if (change.verb === "keep" || change.verb === "forget") return false;
  const { before, after } = change;
  if (change.type !== "aws_api_gateway_rest_api" && !(before && after)) return before !== after;
  const served =
    change.type === "aws_api_gateway_rest_api"
      ? apiAttributes
      : keysOf(asObject(before), asObject(after)).filter((name) => !unserved.has(name));
  return served.some((name) => !same(own(before, name), own(after, name)));
}

/** Descriptions and tags are for people who look at the console. */
const unserved = new Set(["description", "tags", "tags_all"]);

/** Neither a stage nor a deployment of the API is in the plan. */
const isElsewhere = (plan: Plan, api: string, family: Family): boolean =>
  !plan.ofType(family.stage, family.deployment).some((change) => change.after && apiOf(plan, change, "after") === api);

function notDeployed(plan: Plan, api: string, family: Family, served: readonly Change[]): Finding[] {
  const ofApi = (type: string) =>
    plan.ofType(type).filter((change) => change.after && apiOf(plan, change, "after") === api);
  const stages = ofApi(family.stage);
  if (stages.length > 0 && stages.every((stage) => own(stage.after, "auto_deploy") === true)) return [];
  const deployments = ofApi(family.deployment);
  if (isElsewhere(plan, api, family)) return [];
  if (deployments.some((change) => change.verb === "create" || change.verb === "replace")) return [];
  const what = `${served.length} served: ${served
    .slice(0, 3)
    .map((change) => change.address)
    .join(", ")}${served.length > 3 ? ", ..." : ""}`;
  const [deployment] = deployments;
  const at = deployment ?? served[0];
  return at ? [place(at, "triggers", { before: what, after: "no new deployment" })] : [];
}

function pinned(plan: Plan, api: string, family: Family): Finding[] {
  const made = plan
    .ofType(family.deployment)
    .filter(
      (change) => (change.verb === "create" || change.verb === "replace") && apiOf(plan, change, "after") === api,
    );
  if (made.length === 0) return [];
  return plan
    .ofType(family.stage)
    .filter((stage) => stage.before && stage.after && apiOf(plan, stage, "after") === api)
    .filter(
      (stage) => own(stage.after, "auto_deploy") !== true && asText(own(stage.after, "deployment_id")) !== undefined,
    )
    .map((stage) => place(stage, "deployment_id"));
}

/** Request bodies that are valid today and will be rejected. */

import { stricterRules } from "../api/schema";
import { apiOf, routes } from "../api/served-routes";
import { perPlan } from "../plan/per-plan";
import type { Change, Plan } from "../plan/plan";
import { plannedValue, type Side } from "../plan/resolve";
import { asObject, asText, own } from "../plan/value";
import { CREATED, type Finding, place, type Rule, unknownFinding } from "./rule";

const MODEL = "aws_api_gateway_model";

export const clientsModels: readonly Rule[] = [
  {
    kind: "clients-broken",
    reason: "The request model is stricter: bodies that are valid today get 400.",
    advice: "Make a new field optional, with a default in the function, until every client sends it.",
    looksAt: { [MODEL]: ["schema", "name", CREATED], aws_api_gateway_method: ["request_models"] },
    find: models,
  },
];

/** A model that changes in place, and a route that is given another one. */
function models(plan: Plan): Finding[] {
  const inPlace = plan
    .ofType(MODEL)
    .filter((change) => change.before && change.after && change.verb !== "keep")
    .flatMap((change) => compareModels(plan, change, own(change.before, "schema"), change));
  const seen = new Set(inPlace.map((finding) => finding.address));
  const before = routes(plan, "before");
  const given = [...routes(plan, "after")].flatMap(([key, route]) => {
    const old = before.get(key);
    const [from, to] = [old && modelOf(plan, old.change, "before"), modelOf(plan, route.change, "after")];
    if (!old || !to || from === to || seen.has(to.address)) return [];
    return compareModels(plan, to, own(from?.before, "schema"), route.change);
  });
  return [...inPlace, ...given];
}

function compareModels(plan: Plan, model: Change, before: unknown, shownAt: Change): Finding[] {
  const after = plannedValue(plan, model, "schema");
  const stricter = after === undefined ? undefined : stricterRules(before, after);
  const attribute = shownAt === model ? "schema" : "request_models";
  if (stricter === undefined) return [unknownFinding(shownAt, attribute)];
  if (stricter.length === 0) return [];
  return [place(shownAt, attribute, { before: before === undefined ? "no model" : "taken", after: stricter })];
}

function modelOf(plan: Plan, method: Change, side: Side): Change | undefined {
  const name = asText(Object.values(asObject(own(method[side], "request_models")))[0]);
  if (name === undefined) return undefined;
  return modelsByName[side](plan).get(`${apiOf(plan, method, side)} ${name}`);
}

const byName = (side: Side) =>
  perPlan((plan) => {
    const found = new Map<string, Change>();
    for (const model of plan.ofType(MODEL).toReversed()) {
      const name = asText(own(model[side], "name"));
      if (name !== undefined) found.set(`${apiOf(plan, model, side)} ${name}`, model);
    }
    return found;
  });
const modelsByName = { before: byName("before"), after: byName("after") };

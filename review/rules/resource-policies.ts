/** Who else may use keys, secrets, queues, topics, buckets, ...: the policies that these have of their own. */
import { describeGrant, type Grant, grantsOf, isWild, newlyAllowed } from "../api/policy";
import { isRemoved } from "../plan/compare";
import type { Change, Plan } from "../plan/plan";
import { plannedValue } from "../plan/resolve";
import { isEmpty, own, same } from "../plan/value";
import { holdersPolicies, policies, withPolicy } from "./policy-types";
import { CREATED, ENDED, type Finding, looks, place, type Rule, unknowable, unknownFinding } from "./rule";

const attributes = { ...withPolicy, ...policies, ...holdersPolicies };
/** What a policy belongs to, and what the service computes. */
const PARTS = [
  ...[
    "bucket",
    "arn",
    "key_id",
    "queue_url",
    "secret_arn",
    "resource_arn",
    "domain",
    "repository",
    "name",
    "policy_name",
  ],
  ...["policy_revision", "revision_id", "default_version_id", "policy_id", "has_public_access_policy", CREATED, ENDED],
];

export const resourcePolicies: readonly Rule[] = [
  {
    kind: "access-opened",
    severity: "high",
    reason: "The resource's policy lets another principal in, or anyone, or denies less.",
    advice: "Name the principals that need it, with a condition on their source (aws:SourceArn, aws:PrincipalOrgID).",
    looksAt: Object.fromEntries([
      ...Object.entries(withPolicy).map(([type, attribute]) => [type, [attribute]]),
      ...Object.entries({ ...policies, ...holdersPolicies }).map(([type, attribute]) => [type, [attribute, ...PARTS]]),
    ]),
    find: (plan) =>
      Object.entries(attributes).flatMap(([type, name]) =>
        plan.ofType(type).flatMap((change) => newPrincipals(plan, change, name)),
      ),
  },
  {
    kind: "access-opened",
    reason: "A grant lets a principal use the key, beside the key's policy.",
    advice:
      "Name the fewest operations, with encryption_context constraints; prefer the key's policy, which reviews show.",
    looksAt: looks(["aws_kms_grant"], "grantee_principal", "operations", "constraints", "retiring_principal", CREATED),
    find: (plan) =>
      plan
        .ofType("aws_kms_grant")
        // the role of something new has nothing else yet
        .filter(({ before, after }) => after && (before ? !same(before["operations"], after["operations"]) : true))
        .filter(({ verb, after }) => verb !== "keep" && !isEmpty(own(after, "grantee_principal")))
        .map((change) => place(change, "grantee_principal")),
  },
];

/** On something new, its makers have decided who is let in; anyone is a danger still. */
function newPrincipals(plan: Plan, change: Change, name: string): Finding[] {
  if (change.verb === "keep" || change.verb === "forget") return standingStar(plan, change, name);
  const text = plannedValue(plan, change, name);
  if (!change.after && !(change.type in policies)) return [];
  if (isDropped(change, name, text) && !unknowable(plan, change, name))
    return [place(change, name, { after: "no policy" })];
  if (!change.after) return lostDenials(plan, change, name);
  const after = grantsOf(plan, text);
  if (after === undefined || (text === undefined && unknowable(plan, change, name))) {
    return [unknownFinding(change, name)];
  }
  const more = newlyAllowed(grantsOf(plan, own(change.before, name)) ?? [], after).filter(
    (grant) => change.before !== undefined || (change.type in holdersPolicies ? isWild(grant) : isAnyone(grant)),
  );
  return more.length === 0 ? [] : [grantsFinding(change, name, more)];
}

const grantsFinding = (change: Change, name: string, grants: readonly Grant[]): Finding =>
  place(change, name, { before: "not granted", after: grants.map(describeGrant) });

/** Conditions on who calls, or from where; others (TLS, a prefix) leave it open to anyone. */
const NARROWS =
  /"(aws:(source|principal|userid|username|calledvia|viaawsservice)|kms:(calleraccount|viaservice)|elasticfilesystem:accessedviamounttarget|s3:dataaccesspoint)/i;
const isAnyone = (grant: Grant) => grant.allow && grant.principal.startsWith("*") && !NARROWS.test(grant.condition);
/** Without a policy of its own, an endpoint lets everything through. */
const OPEN_BY_DEFAULT = ["aws_vpc_endpoint", "aws_vpc_endpoint_policy"];
const isDropped = (change: Change, name: string, after: unknown) =>
  OPEN_BY_DEFAULT.includes(change.type) && isRemoved(own(change.before, name), after);

function lostDenials(plan: Plan, change: Change, name: string): Finding[] {
  const denials = (grantsOf(plan, own(change.before, name)) ?? []).filter((grant) => !grant.allow);
  return denials.length === 0 ? [] : [grantsFinding(change, name, denials)];
}

function standingStar(plan: Plan, change: Change, name: string): Finding[] {
  const anyone = (grantsOf(plan, own(change.after, name)) ?? []).filter(isAnyone);
  return anyone.length === 0 ? [] : [place(change, name, { after: anyone.map(describeGrant), standing: true })];
}

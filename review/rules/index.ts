/** Every danger that is looked for. */
import { accessApi } from "./access-api";
import { accessIdentities } from "./access-identities";
import { accessLimits } from "./access-limits";
import { accessPermissions } from "./access-permissions";
import { accessPolicies } from "./access-policies";
import { accessResources } from "./access-resources";
import { accessRoles } from "./access-roles";
import { accessRoutes } from "./access-routes";
import { accessTriggers } from "./access-triggers";
import { accessUsers } from "./access-users";
import { clientsApi } from "./clients-api";
import { clientsCallers } from "./clients-callers";
import { clientsFunctions } from "./clients-functions";
import { clientsModels } from "./clients-models";
import { clientsRoutes } from "./clients-routes";
import { cors } from "./cors";
import { corsClients } from "./cors-clients";
import { dataLost } from "./data-lost";
import { identityPools } from "./identity-pools";
import { noEffect } from "./no-effect";
import { resourcePolicies } from "./resource-policies";
import type { Rule } from "./rule";
import { secretShown } from "./secret-shown";
import { sessionsLost } from "./sessions-lost";
import { tokenLifetimes } from "./token-lifetimes";
import { trailAlarms } from "./trail-alarms";
import { trailLost } from "./trail-lost";
import { usersLost } from "./users-lost";
import { wholePlan } from "./whole-plan";

export const rules: readonly Rule[] = [
  ...wholePlan,
  ...usersLost,
  ...dataLost,
  ...sessionsLost,
  ...tokenLifetimes,
  ...accessRoutes,
  ...accessUsers,
  ...accessTriggers,
  ...accessApi,
  ...accessLimits,
  ...identityPools,
  ...accessPermissions,
  ...accessPolicies,
  ...accessRoles,
  ...accessResources,
  ...resourcePolicies,
  ...accessIdentities,
  ...cors,
  ...corsClients,
  ...clientsApi,
  ...clientsRoutes,
  ...clientsFunctions,
  ...clientsCallers,
  ...clientsModels,
  ...noEffect,
  ...secretShown,
  ...trailLost,
  ...trailAlarms,
];

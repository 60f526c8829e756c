/** Every danger that is looked for. */
import { accessApi } from "./access-api";
import { accessPermissions } from "./access-permissions";
import { accessPolicies } from "./access-policies";
import { accessRoutes } from "./access-routes";
import { accessUsers } from "./access-users";
import { clientsApi } from "./clients-api";
import { clientsModels } from "./clients-models";
import { clientsRoutes } from "./clients-routes";
import { cors } from "./cors";
import type { Danger } from "./danger";
import { noEffect } from "./no-effect";
import { secretShown } from "./secret-shown";
import { sessionsLost } from "./sessions-lost";
import { tokenLifetimes } from "./token-lifetimes";
import { trailLost } from "./trail-lost";
import { usersLost } from "./users-lost";
import { wholePlan } from "./whole-plan";

export const dangers: readonly Danger[] = [
  ...wholePlan,
  ...usersLost,
  ...sessionsLost,
  ...tokenLifetimes,
  ...accessRoutes,
  ...accessUsers,
  ...accessApi,
  ...accessPermissions,
  ...accessPolicies,
  ...cors,
  ...clientsApi,
  ...clientsRoutes,
  ...clientsModels,
  ...noEffect,
  ...secretShown,
  ...trailLost,
];

/**
 * Changes of code or settings, and exactly what their plans do. No row replaces users; the deployment is replaced, and the
 * stage updated, exactly where something served changes.
 */
import type { Change } from "./change";
import { resourceChanges } from "./resource-changes";
import { routeChanges } from "./route-changes";
import { settingChanges } from "./setting-changes";
import { sourceChanges } from "./source-changes";

export const changes: readonly Change[] = [
  { name: "nothing", expected: [] },
  ...routeChanges,
  ...sourceChanges,
  ...resourceChanges,
  ...settingChanges,
];

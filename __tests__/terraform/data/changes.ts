/**
 * What a commit or a setting may change, and exactly what its plan then does. The users are never among the replaced,
 * and the deployment is, with its stage in tow, exactly when something that it serves has changed.
 */
import type { Change } from "./change";
import { routeChanges } from "./route-changes";
import { settingChanges } from "./setting-changes";
import { sourceChanges } from "./source-changes";

export const changes: readonly Change[] = [
  { name: "nothing", expected: [] },
  ...routeChanges,
  ...sourceChanges,
  ...settingChanges,
];

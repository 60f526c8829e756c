/** Every scenario, the longest first, so that none runs alone at the end. */
import { changes } from "../data/changes";
import { combinations, EXISTING_POOL } from "../data/combinations";
import { httpChanges } from "../data/http-changes";
import { plannedChanges } from "../data/resource-changes";
import { servedChanges, servedHttpChanges } from "../data/served-changes";
import type { Scenario } from "../gate/gate";
import { changesScenario } from "./changes";
import { cliScenario, clis } from "./cli";
import { combinationScenario } from "./combination";
import { opentofuScenario } from "./opentofu";
import { portabilityScenario } from "./portability";
import { protectionScenario } from "./protection";
import { providerScenario } from "./provider";
import { servedScenario } from "./served";
import { upgradeScenario } from "./upgrade";

export const scenarios: readonly Scenario[] = [
  changesScenario("changes", {}, [...changes, ...plannedChanges]),
  servedScenario("served", {}, servedChanges),
  servedScenario("served-existing-pool", { COGNITO_USER_POOL_ID: EXISTING_POOL, PROTECT_USERS: "false" }, [
    { name: "another-pool", expected: [] },
  ]),
  servedScenario("served-http", { API_TYPE: "http" }, servedHttpChanges),
  upgradeScenario,
  protectionScenario,
  ...clis.map(cliScenario),
  changesScenario("http-changes", { API_TYPE: "http" }, httpChanges),
  ...combinations.map(combinationScenario),
  opentofuScenario,
  portabilityScenario,
  providerScenario,
];

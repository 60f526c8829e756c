/** Every scenario; the longest first, so that none of them is waited for alone. */
import { changes } from "../data/changes";
import { combinations } from "../data/combinations";
import { httpChanges } from "../data/http-changes";
import type { Scenario } from "../gate/gate";
import { cdktfCliScenario } from "./cdktf-cli";
import { changesScenario } from "./changes";
import { combinationScenario } from "./combination";
import { portabilityScenario } from "./portability";
import { protectionScenario } from "./protection";
import { upgradeScenario } from "./upgrade";

export const scenarios: readonly Scenario[] = [
  changesScenario("changes", {}, changes),
  upgradeScenario,
  protectionScenario,
  cdktfCliScenario,
  changesScenario("http-changes", { API_TYPE: "http" }, httpChanges),
  ...combinations.map(combinationScenario),
  portabilityScenario,
];

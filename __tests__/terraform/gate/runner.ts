/** Runs scenarios side by side and sums up. */
import { settings } from "../../../settings";
import { combinations } from "../data/combinations";
import { type Gate, type Scenario, step } from "./gate";

/**
 * More than cores, because a scenario mostly waits: the AWS provider creates one function at a time and sleeps five seconds
 * before it reads each. Each has a Terraform, a provider and an emulator in memory (about 500 MB).
 */
const SIDE_BY_SIDE = 5;

/** @returns one text per failed scenario */
export async function runScenarios(gate: Gate, scenarios: readonly Scenario[], complete: boolean): Promise<string[]> {
  const waiting = [...scenarios];
  const failures: string[] = [];
  const worker = async () => {
    for (let scenario = waiting.shift(); scenario; scenario = waiting.shift()) {
      const { name, run } = scenario;
      await step(name, "total", () => run(gate)).catch((error: Error) => failures.push(error.message));
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  if (complete) failures.push(...untestedSettings());
  return failures;
}

const untestedSettings = () =>
  Object.keys(settings)
    .filter((name) => !combinations.some((combination) => name in combination.settings))
    .map((name) => `data/combinations.ts: no combination sets ${name}`);

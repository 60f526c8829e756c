/** What the stages serve, against what is configured. */
import { isDeepStrictEqual } from "node:util";
import type { Emulator, Snapshot } from "./emulator";
import { expectNoChange, expectNone } from "./gate";
import type { PlanOptions, Terraform } from "./terraform";

/** @throws Error that names each part of a snapshot that is not as configured, each route that could not be invoked, each planned change */
export async function expectServed(
  emulator: Emulator,
  terraform: Terraform,
  options: PlanOptions = { refresh: false },
) {
  const { apis, routes, failing } = await emulator.report();
  const stages = Object.values(apis).flatMap(({ configured, stages }) =>
    Object.entries(stages).map(([name, served]) => ({ name, served: flat(served), configured: flat(configured) })),
  );
  expectNone(
    stages.flatMap(({ name, served, configured }) =>
      [...new Set([...Object.keys(served), ...Object.keys(configured)])]
        .filter((key) => !isDeepStrictEqual(served[key], configured[key]))
        .map(
          (key) => `${name}: ${key} is ${JSON.stringify(served[key])} instead of ${JSON.stringify(configured[key])}`,
        ),
    ),
    "the stage does not serve what is configured:",
  );
  expectNone(
    failing.filter(
      (route) => routes.includes(route) || stages.some(({ configured }) => `methods ${route}` in configured),
    ),
    "for a moment, these routes could not invoke their function:",
  );
  await expectNoChange(terraform, options);
}

/** `methods GET /echo`, `authorizers 0`, ... */
const flat = (snapshot: Snapshot): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(snapshot).flatMap(([part, items]) =>
      Object.entries(items).map(([name, item]) => [`${part} ${name}`, item] as const),
    ),
  );

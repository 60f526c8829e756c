/**
 * Every combination of settings against the schema of the AWS provider at hand: every block and argument exists with its type, and
 * nothing is deprecated. `npm run test:cdktn` does the same for the newest provider that has bindings, by their types.
 */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { combinations, withPoolId } from "../data/combinations";
import { expectNone, type Scenario, step } from "../gate/gate";
import { copyProject, synthesize } from "../gate/project";
import { init, type Terraform, validate } from "../gate/terraform";

const NAME = "provider";

export const providerScenario: Scenario = {
  name: `${NAME}/`,
  run: async (gate) => {
    const project = join(gate.folder, "projects", NAME);
    copyProject(project);
    let first: Terraform | undefined;
    const failures: string[] = [];
    for (const { name, settings } of combinations.filter((one) => gate.wanted(`${NAME}/${one.name}`))) {
      const environment = { ...gate.environment, ...withPoolId(settings) };
      await step(`${NAME}/${name}`, "validate", async () => {
        const folder = await synthesize(
          project,
          join(gate.folder, "stacks", `${NAME}-${name}`, "cdktf.out"),
          environment,
        );
        const stack = {
          folder,
          environment: { ...environment, TF_DATA_DIR: join(first?.folder ?? folder, ".terraform") },
        };
        if (first) cpSync(join(first.folder, ".terraform.lock.hcl"), join(folder, ".terraform.lock.hcl"));
        else await init(stack, "-backend=false");
        first ??= stack;
        expectNone(await validate(stack), "errors and warnings:");
      }).catch((error: Error) => failures.push(error.message));
    }
    expectNone(failures, `${failures.length} combinations:`);
  },
};

/** A state that Terraform wrote moves to OpenTofu and back: every plan is empty. */
import { expectNoChange, type Scenario, step, synthesizeVersion, withEmulator } from "../gate/gate";
import { applyPlan, init, plan, replaceProvider } from "../gate/terraform";
import { applyVersion } from "./applied";

const NAME = "opentofu/";

export const opentofuScenario: Scenario = {
  name: NAME,
  run: async (gate) => {
    if (!gate.tofu) {
      console.log("opentofu/ is left out: there is no tofu on the PATH");
      return;
    }
    const using = (name: string) => ({ ...gate, environment: { ...gate.environment, TERRAFORM_BINARY_NAME: name } });
    await withEmulator(gate, async (emulator) => {
      const applied = { name: "opentofu", settings: {} };
      const terraform = await step(NAME, "apply with Terraform", () =>
        applyVersion(using("terraform"), emulator, applied),
      );
      const tofu = { ...terraform, environment: { ...terraform.environment, TERRAFORM_BINARY_NAME: "tofu" } };
      await step(NAME, "OpenTofu's plan is empty", async () => {
        await init(tofu);
        await expectNoChange(tofu);
      });
      await step(NAME, "apply a change with OpenTofu", async () => {
        const changed = { name: "opentofu-changed", settings: { LOG_RETENTION_DAYS: "90" } };
        await synthesizeVersion(using("tofu"), emulator, changed, applied.name);
        await plan(tofu);
        await applyPlan(tofu);
        await expectNoChange(tofu);
      });
      await step(NAME, "Terraform's plan is empty", async () => {
        for (const name of ["hashicorp/aws", "hashicorp/archive"]) {
          await replaceProvider(terraform, `registry.opentofu.org/${name}`, `registry.terraform.io/${name}`);
        }
        await init(terraform);
        await expectNoChange(terraform);
      });
    });
  },
};

/** `ci/apply.sh` and `ci/redeploy.sh` with a `terraform` that records its arguments. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "apply-"));
afterAll(() => rmSync(folder, { recursive: true }));

const FAKE = `#!/bin/sh
echo "$*" >>"$FOLDER/calls"
echo "$0" >>"$FOLDER/binaries"
case "$*" in
  *"show -no-color saved.tfplan") cat "$FOLDER/saved" ;;
  *"show -no-color redeploy.tfplan") cat "$FOLDER/redeploy" ;;
  *"state list") cat "$FOLDER/state" ;;
esac
`;
for (const name of ["terraform", "tofu"]) writeFileSync(join(folder, name), FAKE, { mode: 0o755 });

const DEPLOYMENT = "aws_api_gateway_deployment.api_deployment_8FA5667A";
const REDEPLOYED = `  # ${DEPLOYMENT} will be replaced, as requested\n  # aws_api_gateway_stage.v1 will be updated in-place\n`;

interface Files {
  saved?: string;
  redeploy?: string;
  state?: string;
}

function run(script: string, files: Files, TERRAFORM_BINARY_NAME?: string) {
  for (const name of ["saved", "redeploy", "state"] as const) writeFileSync(join(folder, name), files[name] ?? "");
  for (const name of ["calls", "binaries"]) writeFileSync(join(folder, name), "");
  const { TERRAFORM_BINARY_NAME: _, ...others } = process.env;
  const chosen = TERRAFORM_BINARY_NAME === undefined ? {} : { TERRAFORM_BINARY_NAME };
  const env = { ...others, ...chosen, FOLDER: folder, PATH: `${folder}${delimiter}${process.env.PATH}` };
  const { status, stderr } = spawnSync("sh", [join(__dirname, "..", "..", "ci", script), folder], {
    env,
    encoding: "utf8",
  });
  const calls = readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
  const binaries = readFileSync(join(folder, "binaries"), "utf8")
    .trim()
    .split("\n")
    .map((path) => basename(path));
  return {
    status,
    stderr,
    calls: calls.map((call) => call.replace(/^-chdir=\S+ /, "")),
    binaries: [...new Set(binaries)],
  };
}

const applied = ["apply -input=false saved.tfplan"];
const redeployed = [
  `plan -input=false -refresh=false -out=redeploy.tfplan -replace=${DEPLOYMENT}`,
  "apply -input=false redeploy.tfplan",
];
const changesOf = ({ calls }: ReturnType<typeof run>) => calls.filter((call) => /^(plan|apply) /.test(call));

test.each([
  "aws_api_gateway_method.api_hello_GET_method_1 will be destroyed",
  "aws_api_gateway_gateway_response.api_x will be destroyed",
  "module.api.aws_api_gateway_resource.x[0] will be destroyed",
  "aws_api_gateway_model.api_x must be replaced",
])("deploys once more after a plan in which %s", (line) => {
  const result = run("apply.sh", { saved: `  # ${line}\n`, redeploy: REDEPLOYED, state: `a.b\n${DEPLOYMENT}\n` });
  expect(result.status).toBe(0);
  expect(changesOf(result)).toEqual([...applied, ...redeployed]);
});

test.each([
  "aws_api_gateway_method.x will be created",
  "aws_api_gateway_method.x will be updated in-place",
  `${DEPLOYMENT} must be replaced`,
  "aws_api_gateway_method_settings.x will be destroyed",
  "aws_lambda_permission.x will be destroyed",
  "aws_apigatewayv2_route.x will be destroyed",
])("deploys once after a plan in which %s", (line) => {
  const result = run("apply.sh", { saved: `  # ${line}\n`, state: `${DEPLOYMENT}\n` });
  expect(result.status).toBe(0);
  expect(changesOf(result)).toEqual(applied);
});

test("deploys nothing more when the API itself is gone", () => {
  const result = run("apply.sh", { saved: "  # aws_api_gateway_method.x will be destroyed\n", state: "a.b\n" });
  expect([result.status, changesOf(result)]).toEqual([0, applied]);
});

test("fails, and applies nothing, when the second plan would do more than deploy", () => {
  const other = "  # aws_lambda_function.echo will be updated in-place\n";
  const result = run("redeploy.sh", { redeploy: REDEPLOYED + other, state: `${DEPLOYMENT}\n` });
  expect(result.status).toBe(1);
  expect(changesOf(result)).toEqual(redeployed.slice(0, 1));
  expect(result.stderr).toContain("aws_lambda_function.echo will be updated");
});

test("replaces the deployment of every API", () => {
  const second = 'module.b["x"].aws_api_gateway_deployment.y';
  const { calls } = run("redeploy.sh", { redeploy: REDEPLOYED, state: `${DEPLOYMENT}\n${second}\n` });
  expect(calls).toContain(`${redeployed[0]} -replace=${second}`);
});

test.each(["plan.sh", "apply.sh", "redeploy.sh", "outputs.sh"])(
  "%s runs the binary of TERRAFORM_BINARY_NAME",
  (script) => {
    const files = {
      saved: "  # aws_api_gateway_method.x will be destroyed\n",
      redeploy: REDEPLOYED,
      state: `${DEPLOYMENT}\n`,
    };
    expect(run(script, files).binaries).toEqual(["terraform"]);
    expect(run(script, files, "").binaries).toEqual(["terraform"]);
    expect(run(script, files, "tofu").binaries).toEqual(["tofu"]);
  },
);

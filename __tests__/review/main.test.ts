import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { destroyed, planFile } from "./support/plan";

const root = join(__dirname, "../..");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "review-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(content: string, ...given: string[]) {
  const file = join(folder, "plan.json");
  writeFileSync(file, content);
  return spawnSync(process.execPath, ["--require", "./build/register.cjs", "review/main.ts", file, ...given], {
    cwd: root,
    encoding: "utf8",
  });
}

const dangerous = JSON.stringify(planFile([destroyed("aws_cognito_user_pool.users", { name: "users" })]));

test("exits 2 on a danger, with the report on standard output", () => {
  const { status, stdout } = run(dangerous, "--format", "json");
  expect({ status, verdict: JSON.parse(stdout).verdict }).toEqual({ status: 2, verdict: "dangerous" });
});

test("exits 0 when it is allowed", () => {
  expect(run(dangerous, "--allow", "users-lost").status).toBe(0);
});

test("exits 1 on a file that is no plan, and says what was found instead", () => {
  const { status, stdout, stderr } = run("{}");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain("got JSON with neither resource_changes nor planned_values");
});

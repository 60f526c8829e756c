/** A route table of two functions in temporary files, and an API over it, for tests that bend one thing at a time. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TerraformStack } from "cdktf";
import type { ApiProps } from "../../constructs/api/api-props";
import type { Route } from "../../constructs/api/route";
import { NodeFunction } from "../../constructs/function/node-function";
import { HttpApi } from "../../constructs/http/http-api";
import { RestApi } from "../../constructs/rest/rest-api";
import { UserPool } from "../../constructs/users/user-pool";
import { type Synthesized, synthScope } from "../support/synth";

export const publicRoute: Route = {
  method: "POST",
  path: "/open",
  function: "echo",
  access: "public",
  reason: "a test",
};
export const privateRoute: Route = { method: "GET", path: "/mine", function: "echo", scopes: ["a.scope"] };

export type ApiChanges = Partial<Omit<ApiProps, "userPool">> & { readonly userPool?: "none" };

export function addApi(
  stack: TerraformStack,
  changes: ApiChanges = {},
  Api: typeof RestApi | typeof HttpApi = RestApi,
) {
  const { userPool, ...props } = changes;
  const echo = new NodeFunction(stack, "echo", {
    functionName: "echo",
    entry: "functions/echo.ts",
    runtime: "nodejs22.x",
  });
  const users = new UserPool(stack, "users", { name: "users" });
  return new Api(stack, "api", {
    name: "test",
    routes: [publicRoute, privateRoute],
    functions: new Map([["echo", echo]]),
    ...(userPool !== "none" && { userPool: users }),
    corsOrigins: ["https://app.example"],
    stageName: "v1",
    throttle: { rateLimit: 50, burstLimit: 100 },
    ...props,
  });
}

export const synthApi = (changes: ApiChanges = {}): Synthesized => synthScope((stack) => addApi(stack, changes));
export const synthHttpApi = (changes: ApiChanges = {}): Synthesized =>
  synthScope((stack) => addApi(stack, changes, HttpApi));

/** A folder with the given files, removed after the test. */
export function temporaryProject(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "project-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  folders.push(folder);
  return folder;
}

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

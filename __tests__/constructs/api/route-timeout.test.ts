import { NodeFunction } from "../../../constructs/function/node-function";
import { HttpApi } from "../../../constructs/http/http-api";
import { RestApi } from "../../../constructs/rest/rest-api";
import { synthScope } from "../../support/synth";
import { addApi } from "../support";

describe.each([
  ["REST", RestApi],
  ["HTTP", HttpApi],
])("behind a route of a %s API", (_, Api) => {
  const synthSlow = (timeoutSeconds: number) =>
    synthScope((stack) => {
      const slow = { functionName: "slow", entry: "functions/echo.ts", runtime: "nodejs22.x", timeoutSeconds };
      addApi(stack, { functions: new Map([["echo", new NodeFunction(stack, "slow", slow)]]) }, Api);
    });

  test("a function may run 28 s", () => {
    expect(() => synthSlow(28)).not.toThrow();
  });
  test("rejects a function that may run 29 s", () => {
    expect(() => synthSlow(29)).toThrow("timeoutSeconds of echo must be at most 28, got 29");
  });
});

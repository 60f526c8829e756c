import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission, type LambdaPermissionConfig } from "@cdktf/provider-aws/lib/lambda-permission";
import type { TerraformStack } from "cdktf";

import { addFunction, type Build, httpApi, problems, restApi, times } from "./support";

describe("the resource-based policy of a function", () => {
  /** What Lambda would show for it: made by hand, so that it is not the code under test that says it. */
  const statement = (sourceArn: string, name = "things") =>
    `{"Sid":"terraform-20261122142110660900000006","Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},` +
    `"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:us-east-1:123456789012:function:${name}",` +
    `"Condition":{"ArnLike":{"AWS:SourceArn":"${sourceArn}"}}}`;
  const policySize = (statements: readonly string[]) =>
    `{"Version":"2012-10-17","Id":"default","Statement":[${statements.join(",")}]}`.length;
  const executionArn = "arn:aws:execute-api:us-east-1:123456789012:abcdefghij";

  const paths = Array.from({ length: 40 }, (_, index) => `/*/GET/things/${index}`);
  const others = policySize([...paths, "/*/GET/"].map((path) => statement(`${executionArn}${path}`)));
  /** A path that makes a policy of exactly this size of all the paths. */
  const last = (size: number) => `/*/GET/${"x".repeat(size - others)}`;

  const permit = (stack: TerraformStack, id: string, given: Partial<LambdaPermissionConfig>) =>
    new LambdaPermission(stack, id, {
      functionName: "things",
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      ...given,
    });
  const policyOf = (size: number, api: typeof restApi | typeof httpApi): Build => {
    return (stack) => {
      const { functionName } = addFunction(stack);
      const source = api(stack).executionArn;
      [...paths, last(size)].forEach((path, index) => {
        permit(stack, `p${index}`, { functionName, sourceArn: `${source}${path}` });
      });
    };
  };

  test.each([
    ["REST", restApi],
    ["HTTP", httpApi],
  ])("may have 20480 bytes, on a %s API", (_, api) => {
    for (const size of [20_479, 20_480]) expect(problems(policyOf(size, api))).toBe("none");
    expect(problems(policyOf(20_481, api))).toContain(
      "Function things must have at most 20480 bytes of resource-based policy, got 20481: of its 41 routes about 40 fit",
    );
  });

  test.each([
    ["aws-us-gov", "us-gov-west-1"],
    ["aws-cn", "cn-north-1"],
  ])("has ARNs of the partition %s in %s", (partition, region) => {
    // Two ARNs in each of 41 statements.
    const longer = 41 * 2 * (`${partition}${region}`.length - "awsus-east-1".length);
    expect(problems(policyOf(20_480, restApi), region)).toContain(`got ${20_480 + longer}:`);
  });

  test("is one, whichever way the function is named, and another for an alias", () => {
    const half = (id: string, given: Partial<LambdaPermissionConfig>): Build => {
      return (stack) => times(30, (part) => permit(stack, `${id}${part}`, { sourceArn: "x".repeat(200), ...given }));
    };
    const both = (given: (fn: LambdaFunction) => Partial<LambdaPermissionConfig>) =>
      problems((stack) => {
        const fn = addFunction(stack);
        half("a", { functionName: fn.functionName })(stack);
        half("b", given(fn))(stack);
      });
    expect(both((fn) => ({ functionName: fn.functionName }))).toContain("Function things must");
    expect(both((fn) => ({ functionName: fn.arn }))).toContain("Function things must");
    expect(both(() => ({ functionName: "things" }))).toContain("Function things must");
    expect(both((fn) => ({ functionName: fn.functionName, qualifier: "live" }))).toBe("none");
    expect(both(() => ({ functionName: "others" }))).toBe("none");
  });

  test("counts what a permission says besides its source", () => {
    const size = (given: Partial<LambdaPermissionConfig>) => {
      const message = problems((stack) => times(200, (id) => permit(stack, id, given)));
      return (Number(/got (\d+)/.exec(message)?.[1]) - policySize([]) + 1) / 200 - 1;
    };
    const bare = size({});
    expect(bare).toBe(statement("").replace(',"Condition":{"ArnLike":{"AWS:SourceArn":""}}', "").length);
    expect(size({ statementId: "mine" }) - bare).toBe("mine".length - 36);
    expect(size({ statementIdPrefix: "mine-" }) - bare).toBe("mine-".length - "terraform-".length);
    expect(size({ principal: "123456789012" }) - bare).toBe(
      '{"AWS":"123456789012"}'.length - '{"Service":"apigateway.amazonaws.com"}'.length,
    );
    expect(size({ sourceAccount: "123456789012" }) - bare).toBe(
      ',"Condition":{"StringEquals":{"AWS:SourceAccount":"123456789012"}}'.length,
    );
    expect(size({ qualifier: "live" }) - bare).toBe(":live".length);
  });
});

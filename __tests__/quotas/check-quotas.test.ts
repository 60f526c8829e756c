import { ApiGatewayAuthorizer } from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission, type LambdaPermissionConfig } from "@cdktf/provider-aws/lib/lambda-permission";
import { TerraformStack, Testing } from "cdktf";
import { readConfig } from "../../config";
import { checkQuotas } from "../../quotas/check-quotas";
import { ApiStack } from "../../stack";
import { privateRoute } from "../constructs/support";

type Build = (stack: TerraformStack) => void;
/** Checks a stack in the order of its constructs. */
function notes(build: Build, region = "us-east-1"): string[] {
  const stack = new TerraformStack(Testing.app(), "test");
  build(stack);
  return checkQuotas(stack.toTerraform(), region);
}
const problems = (build: Build, region?: string): string => {
  try {
    notes(build, region);
  } catch (error) {
    return (error as Error).message;
  }
  return "none";
};

const times = (count: number, add: (id: string) => unknown) => {
  for (let index = 0; index < count; index++) add(`x${index}`);
};
const restApi = (stack: TerraformStack, id = "api") => new ApiGatewayRestApi(stack, id, { name: "things" });
const httpApi = (stack: TerraformStack) => new Apigatewayv2Api(stack, "api", { name: "things", protocolType: "HTTP" });
const addResources = (stack: TerraformStack, count: number, api = restApi(stack)) =>
  times(count, (id) => {
    const place = { restApiId: api.id, parentId: api.rootResourceId, pathPart: id };
    new ApiGatewayResource(stack, `${api.node.id}-${id}`, place);
  });
const addFunction = (stack: TerraformStack, variables: Record<string, string> = {}, name = "things") =>
  new LambdaFunction(stack, name, { functionName: name, role: "arn", environment: { variables } });
const addRoles = (stack: TerraformStack, count: number) =>
  times(count, (id) => new IamRole(stack, id, { assumeRolePolicy: "{}" }));

describe("a default quota, which AWS raises on request", () => {
  const cases: readonly [string, number, (stack: TerraformStack, count: number) => unknown, string][] = [
    [
      "resources of a REST API besides its root",
      299,
      addResources,
      "REST API things has 301 resources with the root, where AWS's default quota is 300: ask for more in Service Quotas (L-01C8A9E0",
    ],
    [
      "authorizers of a REST API",
      10,
      (stack, count) => {
        const restApiId = restApi(stack).id;
        times(count, (id) => new ApiGatewayAuthorizer(stack, id, { restApiId, name: id }));
      },
      "REST API things has 11 authorizers, where AWS's default quota is 10: ask the AWS Support Center",
    ],
    [
      "stages of a REST API",
      10,
      (stack, count) => {
        const restApiId = restApi(stack).id;
        times(count, (id) => new ApiGatewayStage(stack, id, { restApiId, stageName: id, deploymentId: "d" }));
      },
      "REST API things has 11 stages, where AWS's default quota is 10: ask for more in Service Quotas (L-379E48B0",
    ],
    [
      "routes of an HTTP API",
      300,
      (stack, count) => {
        const apiId = httpApi(stack).id;
        times(count, (id) => new Apigatewayv2Route(stack, id, { apiId, routeKey: `GET /${id}` }));
      },
      "HTTP API things has 301 routes, where AWS's default quota is 300: ask for more in Service Quotas (L-65B5C802",
    ],
    [
      "authorizers of an HTTP API",
      10,
      (stack, count) => {
        const apiId = httpApi(stack).id;
        times(count, (id) => new Apigatewayv2Authorizer(stack, id, { apiId, name: id, authorizerType: "JWT" }));
      },
      "HTTP API things has 11 authorizers, where AWS's default quota is 10: ask the AWS Support Center",
    ],
    [
      "stages of an HTTP API",
      10,
      (stack, count) => {
        const apiId = httpApi(stack).id;
        times(count, (id) => new Apigatewayv2Stage(stack, id, { apiId, name: id }));
      },
      "HTTP API things has 11 stages, where AWS's default quota is 10: ask for more in Service Quotas (L-379E48B0",
    ],
    [
      "half of the roles of an account, which other stacks use up, too",
      500,
      addRoles,
      "This stack has 501 IAM roles, where AWS's default quota is 1000: ",
    ],
  ];

  test.each(cases)("nothing is said up to %s: %i", (_, allowed, add) => {
    for (const count of [allowed - 1, allowed]) expect(notes((stack) => add(stack, count))).toEqual([]);
  });

  test.each(cases)("one is noted above %s: %i", (_, allowed, add, start) => {
    expect(notes((stack) => add(stack, allowed + 1))).toEqual([expect.stringContaining(start)]);
  });
});

describe("a fixed limit, which AWS raises for nobody", () => {
  const cases: readonly [string, number, (stack: TerraformStack, count: number) => unknown, string][] = [
    [
      "integrations of an HTTP API",
      300,
      (stack, count) => {
        const apiId = httpApi(stack).id;
        times(count, (id) => new Apigatewayv2Integration(stack, id, { apiId, integrationType: "AWS_PROXY" }));
      },
      "HTTP API things must have at most 300 integrations, got 301: let routes share functions",
    ],
    [
      "scopes of a route",
      10,
      (stack, count) =>
        new Apigatewayv2Route(stack, "route", {
          apiId: httpApi(stack).id,
          routeKey: "GET /a",
          authorizationScopes: Array.from({ length: count }, (_, index) => `s${index}`),
        }),
      "Route GET /a of HTTP API things must have at most 10 scopes, got 11: ",
    ],
    [
      "audiences of an authorizer",
      50,
      (stack, count) =>
        new Apigatewayv2Authorizer(stack, "jwt", {
          apiId: httpApi(stack).id,
          name: "jwt",
          authorizerType: "JWT",
          jwtConfiguration: { audience: Array.from({ length: count }, (_, index) => `a${index}`) },
        }),
      "Authorizer jwt of HTTP API things must have at most 50 audiences, got 51: ",
    ],
    [
      "bytes of environment variables, measured as JSON",
      4096,
      // {"A":""}, and é takes two bytes
      (stack, size) => addFunction(stack, { A: `é${"x".repeat(size - 8 - 2)}` }),
      "Function things must have at most 4096 bytes of environment variables, got 4097: ",
    ],
    [
      "characters of a role's inline policies together, without white space",
      10_240,
      (stack, size) => {
        const role = new IamRole(stack, "role", { name: "things", assumeRolePolicy: "{}" });
        new IamRolePolicy(stack, "one", { role: role.name, policy: "x ".repeat(6000) });
        new IamRolePolicy(stack, "two", { role: role.id, policy: "x\n".repeat(size - 6000) });
      },
      "Role things must have at most 10240 characters of inline policies, got 10241: ",
    ],
  ];

  test.each(cases)("nothing is said up to %s: %i", (_, allowed, add) => {
    for (const size of [allowed - 1, allowed]) expect(problems((stack) => add(stack, size))).toBe("none");
  });

  test.each(cases)("rejects more than %s: %i", (_, allowed, add, start) => {
    expect(problems((stack) => add(stack, allowed + 1))).toContain(`these quotas:\n  ${start}`);
  });
});

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

test("counts as nothing what only AWS will know: an error is never wrong", () => {
  const pool = (stack: TerraformStack) => new CognitoUserPool(stack, "pool", { name: "p" });
  const variables = (size: number): Build => {
    return (stack) => addFunction(stack, { A: "x".repeat(size - '{"A":"","B":""}'.length), B: pool(stack).id });
  };
  expect(problems(variables(4096))).toBe("none");
  expect(problems(variables(4097))).toContain("got 4097");
  const policy = (size: number): Build => {
    return (stack) =>
      new IamRolePolicy(stack, "policy", { role: "things", policy: `${pool(stack).arn}${"x".repeat(size)}` });
  };
  expect(problems(policy(10_240))).toBe("none");
  expect(problems(policy(10_241))).toContain("got 10241");
});

test("notes how long a plan of many API Gateway resources takes at least", () => {
  const plan = (count: number) => notes((stack) => addResources(stack, 250) ?? addMany(stack, count - 251));
  const addMany = (stack: TerraformStack, count: number) => {
    const apiId = new Apigatewayv2Api(stack, "http", { name: "others", protocolType: "HTTP" }).id;
    times(200, (id) => new Apigatewayv2Route(stack, `r${id}`, { apiId, routeKey: `GET /${id}` }));
    times(count - 201, (id) => new Apigatewayv2Integration(stack, `i${id}`, { apiId, integrationType: "AWS_PROXY" }));
  };
  expect(plan(640)).toEqual([]);
  expect(plan(641)).toEqual([expect.stringMatching(/^This stack has 641 resources of API Gateway: .* at least 1 min/)]);
});

test("notes an estimate of the state, in which each limit of a single route lists the whole stack", () => {
  const json = (settings: number, others: number) => {
    const named = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, {}]));
    return { resource: { aws_api_gateway_method_settings: named(settings), aws_ssm_parameter: named(others) } };
  };
  expect(checkQuotas(json(0, 11_428), "us-east-1")).toEqual([]);
  expect(checkQuotas(json(0, 11_429), "us-east-1")).toEqual([
    expect.stringMatching(/^This stack has 21 MB of Terraform state by estimate: .* split the stack/),
  ]);
  expect(checkQuotas(json(101, 2348 - 101), "us-east-1")).toEqual([]);
  expect(checkQuotas(json(101, 2349 - 101), "us-east-1")).toHaveLength(1);
});

test("judges each API by itself, even two of one name", () => {
  expect(
    notes((stack) => {
      addResources(stack, 200, restApi(stack, "one"));
      addResources(stack, 200, restApi(stack, "two"));
    }),
  ).toEqual([]);
});

test("lists every limit, in an order that does not depend on that of the constructs", () => {
  const big = { A: "x".repeat(5000) };
  const lines = (names: readonly string[]) =>
    problems((stack) => {
      for (const name of names) addFunction(stack, big, name);
      new Apigatewayv2Route(stack, "route", {
        apiId: httpApi(stack).id,
        routeKey: "GET /a",
        authorizationScopes: Array.from({ length: 11 }, (_, index) => `s${index}`),
      });
    }).split("\n");
  expect(lines(["b", "a"]).map((line) => line.slice(0, 13))).toEqual([
    "AWS rejects t",
    "  Route GET /",
    "  Function a ",
    "  Function b ",
  ]);
  expect(lines(["a", "b"])).toEqual(lines(["b", "a"]));
});

describe.each(["rest", "http"])("the whole stack, with API_TYPE=%s", (apiType) => {
  const config = readConfig({ API_TYPE: apiType });
  const notesOf = (count: number, change: Build = () => undefined) => {
    const routes = Array.from({ length: count }, (_, index) => ({ ...privateRoute, path: `/thing-${index}` }));
    const stack = new ApiStack(Testing.app(), "dev", { config, routes });
    change(stack);
    return checkQuotas(JSON.parse(Testing.synth(stack)), config.region);
  };

  test("has no note at its usual size", () => {
    expect(notesOf(12)).toEqual([]);
  });

  test("fails with too many routes for one function", () => {
    expect(() => notesOf(80)).toThrow(
      /Function [\w-]+-dev-echo must have at most 20480 bytes .* of its 80 routes about \d\d fit/,
    );
  });

  test("counts what is added to it later", () => {
    expect(notesOf(1, (stack) => addRoles(stack, 600))).toEqual([expect.stringContaining("IAM roles")]);
  });
});

import { ApiGatewayAuthorizer } from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type TerraformStack, Testing } from "cdktf";
import { readConfig } from "../../config";
import { checkQuotas } from "../../quotas/check-quotas";
import { ApiStack } from "../../stack";
import { privateRoute } from "../constructs/support";

import { addFunction, addResources, addRoles, type Build, httpApi, notes, problems, restApi, times } from "./support";

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

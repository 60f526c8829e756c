import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { TerraformStack, Testing } from "cdktf";
import { checkQuotas } from "../../quotas/check-quotas";

export type Build = (stack: TerraformStack) => void;
/** Checks a stack in the order of its constructs. */
export function notes(build: Build, region = "us-east-1"): string[] {
  const stack = new TerraformStack(Testing.app(), "test");
  build(stack);
  return checkQuotas(stack.toTerraform(), region);
}
export const problems = (build: Build, region?: string): string => {
  try {
    notes(build, region);
  } catch (error) {
    return (error as Error).message;
  }
  return "none";
};

export const times = (count: number, add: (id: string) => unknown) => {
  for (let index = 0; index < count; index++) add(`x${index}`);
};
export const restApi = (stack: TerraformStack, id = "api") => new ApiGatewayRestApi(stack, id, { name: "things" });
export const httpApi = (stack: TerraformStack) =>
  new Apigatewayv2Api(stack, "api", { name: "things", protocolType: "HTTP" });
export const addResources = (stack: TerraformStack, count: number, api = restApi(stack)) =>
  times(count, (id) => {
    const place = { restApiId: api.id, parentId: api.rootResourceId, pathPart: id };
    new ApiGatewayResource(stack, `${api.node.id}-${id}`, place);
  });
export const addFunction = (stack: TerraformStack, variables: Record<string, string> = {}, name = "things") =>
  new LambdaFunction(stack, name, { functionName: name, role: "arn", environment: { variables } });
export const addRoles = (stack: TerraformStack, count: number) =>
  times(count, (id) => new IamRole(stack, id, { assumeRolePolicy: "{}" }));

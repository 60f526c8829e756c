/** Functions that Cognito invokes: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html */
import type { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";
import type { NodeFunction } from "../function/node-function";

export const triggerNames = [
  "createAuthChallenge",
  "customMessage",
  "defineAuthChallenge",
  "postAuthentication",
  "postConfirmation",
  "preAuthentication",
  "preSignUp",
  "preTokenGeneration",
  "userMigration",
  "verifyAuthChallengeResponse",
] as const;
export type TriggerName = (typeof triggerNames)[number];

export interface TriggerOptions {
  /**
   * Version of a `preTokenGeneration` event. 1 changes the id token; 2 also the access token, for users; 3 also for machines. From 2 on
   * the pool needs the tier ESSENTIALS or PLUS: ESSENTIALS is then set.
   * @default 1
   */
  readonly version?: 1 | 2 | 3;
}

/** Invokes a function of the pool at one point of sign-up or sign-in. @throws Error, see UserPool.addTrigger */
export function addTrigger(
  scope: Construct,
  pool: CognitoUserPool,
  trigger: TriggerName,
  fn: NodeFunction,
  { version = 1 }: TriggerOptions,
): void {
  if (!triggerNames.includes(trigger)) {
    throw new Error(`trigger must be one of ${triggerNames.join(", ")}, got ${trigger}`);
  }
  if (![1, 2, 3].includes(version) || (version !== 1 && trigger !== "preTokenGeneration")) {
    throw new Error(
      `version of the trigger ${trigger} must be ${trigger === "preTokenGeneration" ? "1, 2 or 3" : "1"}, got ${version}`,
    );
  }
  const others = pool.lambdaConfigInput ?? {};
  if (scope.node.tryFindChild(trigger)) throw new Error(`the trigger ${trigger} must be added once, got two functions`);
  if (version === 1) pool.putLambdaConfig({ ...others, [trigger]: fn.arn });
  else {
    pool.putLambdaConfig({
      ...others,
      preTokenGenerationConfig: { lambdaArn: fn.arn, lambdaVersion: `V${version}_0` },
    });
    pool.userPoolTier = pool.userPoolTierInput ?? "ESSENTIALS";
  }
  new LambdaPermission(new Construct(scope, trigger), "permission", {
    ...fn.invocable,
    action: "lambda:InvokeFunction",
    principal: "cognito-idp.amazonaws.com",
    sourceArn: pool.arn,
  });
}

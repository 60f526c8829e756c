/** Lambda triggers: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html */
import * as v from "valibot";
import type { InvokeResult } from "../lambda/function-error";
import { CognitoException } from "./errors";
import type { LocalUserPool } from "./local-user-pool";
import type { User } from "./store";

/** Runs a function in the pool's name; undefined: its policy does not allow the pool to invoke it. */
export type InvokeTrigger = (functionArn: string, event: string, poolArn: string) => Promise<InvokeResult> | undefined;

/** Cognito waits this long for a function, and runs it at most this often. */
const ATTEMPT_MS = 5000;
const ATTEMPTS = 3;

const flag = v.nullish(v.boolean(), false);
const text = v.nullish(v.string());
const texts = v.nullish(v.record(v.string(), v.string()), {});
const list = v.nullish(v.array(v.string()));
const groups = v.nullish(v.object({ groupsToOverride: list, iamRolesToOverride: list, preferredRole: text }));
const claims = v.nullish(v.record(v.string(), v.unknown()), {});
const tokenChanges = v.nullish(v.object({ claimsToAddOrOverride: claims, claimsToSuppress: list }));

/** The response of each trigger, by its argument in `lambda_config`. */
const RESPONSES = {
  pre_sign_up: v.object({ autoConfirmUser: flag, autoVerifyEmail: flag, autoVerifyPhone: flag }),
  post_confirmation: v.unknown(),
  pre_authentication: v.unknown(),
  post_authentication: v.unknown(),
  pre_token_generation: v.object({
    claimsOverrideDetails: v.nullish(
      v.object({ claimsToAddOrOverride: texts, claimsToSuppress: list, groupOverrideDetails: groups }),
    ),
    claimsAndScopeOverrideDetails: v.nullish(
      v.object({
        idTokenGeneration: tokenChanges,
        accessTokenGeneration: v.nullish(
          v.object({
            claimsToAddOrOverride: claims,
            claimsToSuppress: list,
            scopesToAdd: list,
            scopesToSuppress: list,
          }),
        ),
        groupOverrideDetails: groups,
      }),
    ),
  }),
  custom_message: v.object({ smsMessage: text, emailMessage: text, emailSubject: text }),
  user_migration: v.object({
    userAttributes: texts,
    finalUserStatus: text,
    messageAction: text,
    forceAliasCreation: v.nullish(v.boolean()),
  }),
  define_auth_challenge: v.object({ challengeName: text, issueTokens: flag, failAuthentication: flag }),
  create_auth_challenge: v.object({
    publicChallengeParameters: texts,
    privateChallengeParameters: texts,
    challengeMetadata: text,
  }),
  verify_auth_challenge_response: v.object({ answerCorrect: flag }),
} as const;

export type TriggerName = keyof typeof RESPONSES;
type Response<N extends TriggerName> = v.InferOutput<(typeof RESPONSES)[N]>;

/** `PreSignUp` for `pre_sign_up`: in errors, and as the start of `triggerSource`. */
const labelOf = (name: TriggerName) => name.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

export interface TriggerEvent {
  /** The end of `triggerSource`: `SignUp`, `Authentication`. */
  readonly source: string;
  readonly userName: string | undefined;
  readonly clientId: string | undefined;
  readonly request: Readonly<Record<string, unknown>>;
  /** The response as it comes to the function. */
  readonly response?: Readonly<Record<string, unknown>>;
}

/** Runs a trigger; undefined if the pool has none of that name. */
export type RunTrigger = <N extends TriggerName>(
  pool: LocalUserPool,
  name: N,
  event: TriggerEvent,
) => Promise<Response<N> | undefined>;

/**
 * @returns a function that throws UserLambdaValidationException when the trigger fails, UnexpectedLambdaException when it
 * cannot be invoked or is too slow, InvalidLambdaResponseException for a response of the wrong shape
 */
export function createTriggers(invoke: () => InvokeTrigger, attemptMs = ATTEMPT_MS): RunTrigger {
  return async (pool, name, { source, userName, clientId, request, response = {} }) => {
    const trigger = pool.triggers[name];
    if (trigger === undefined) return undefined;
    const label = labelOf(name);
    const event = JSON.stringify({
      version: trigger.version,
      triggerSource: `${label.replace(/^PreToken/, "Token")}_${source}`,
      region: pool.region,
      userPoolId: pool.id,
      ...(userName !== undefined && { userName }),
      callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: clientId ?? "CLIENT_ID_NOT_APPLICABLE" },
      request,
      response,
    });
    const result = await attempt(invoke, trigger.functionArn, event, pool.arn, label, attemptMs);
    if ("error" in result) {
      const message = result.error.errorMessage;
      throw new CognitoException(
        "UserLambdaValidationException",
        `${label} failed with error ${message}${/[.!?]$/.test(message) ? "" : "."}`,
      );
    }
    return responseOf(name, result.payload);
  };
}

async function attempt(
  invoke: () => InvokeTrigger,
  functionArn: string,
  event: string,
  poolArn: string,
  label: string,
  attemptMs: number,
): Promise<InvokeResult> {
  for (let count = 0; count < ATTEMPTS; count++) {
    const invocation = invoke()(functionArn, event, poolArn);
    if (!invocation) {
      const reason = `${label} invocation failed due to error AccessDeniedException.`;
      throw new CognitoException("UnexpectedLambdaException", reason);
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), attemptMs);
    });
    const result = await Promise.race([invocation, late]);
    clearTimeout(timer);
    if (result) return result;
  }
  const reason = `${label} failed with error Socket timeout while invoking Lambda function.`;
  throw new CognitoException("UnexpectedLambdaException", reason);
}

const envelope = v.object({ response: v.unknown() });

function responseOf<N extends TriggerName>(name: N, payload: string): Response<N> {
  const returned = v.safeParse(envelope, JSON.parse(payload));
  const response = returned.success ? v.safeParse(RESPONSES[name], returned.output.response ?? {}) : returned;
  if (!response.success) throw new CognitoException("InvalidLambdaResponseException", "Unrecognizable lambda output");
  return response.output as Response<N>;
}

/** `userAttributes` in the requests of triggers. */
export const triggerAttributes = (user: User): Readonly<Record<string, string>> => ({
  sub: user.sub,
  "cognito:user_status": user.status,
  ...user.attributes,
});

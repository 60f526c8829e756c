import type * as Aws from "@aws-sdk/client-cognito-identity-provider";
import { environment } from "../environment";
import { CognitoError } from "../errors";
import { isObject, type JsonObject, stringProperty } from "../json";
import { attemptMs } from "../timing";
import { type Answered, post } from "./post";
import { signed } from "./signature";

/** Every operation that a function of this API calls. */
interface Operations {
  AdminGetUser: [Aws.AdminGetUserRequest, Aws.AdminGetUserResponse];
  ConfirmForgotPassword: [Aws.ConfirmForgotPasswordRequest, Aws.ConfirmForgotPasswordResponse];
  ConfirmSignUp: [Aws.ConfirmSignUpRequest, Aws.ConfirmSignUpResponse];
  DescribeUserPoolClient: [Aws.DescribeUserPoolClientRequest, Aws.DescribeUserPoolClientResponse];
  ForgotPassword: [Aws.ForgotPasswordRequest, Aws.ForgotPasswordResponse];
  GetTokensFromRefreshToken: [Aws.GetTokensFromRefreshTokenRequest, Aws.GetTokensFromRefreshTokenResponse];
  InitiateAuth: [Aws.InitiateAuthRequest, Aws.InitiateAuthResponse];
  ResendConfirmationCode: [Aws.ResendConfirmationCodeRequest, Aws.ResendConfirmationCodeResponse];
  RespondToAuthChallenge: [Aws.RespondToAuthChallengeRequest, Aws.RespondToAuthChallengeResponse];
  RevokeToken: [Aws.RevokeTokenRequest, Aws.RevokeTokenResponse];
  SignUp: [Aws.SignUpRequest, Aws.SignUpResponse];
}
export type Operation = keyof Operations;

/** @throws {CognitoError} for every way in which a call can fail. */
export type Call = <O extends Operation>(operation: O, input: Operations[O][0]) => Promise<Operations[O][1]>;

/** Operations that Cognito authorizes by IAM; the others are sent without a signature. */
const authorized = new Set<Operation>(["AdminGetUser", "DescribeUserPoolClient"]);

/**
 * Operations that may be sent twice: reads, and a revocation. The others use up a code, count a wrong password or send a
 * mail, and a lost answer does not tell whether they did.
 */
const repeatable = new Set<Operation>(["AdminGetUser", "DescribeUserPoolClient", "RevokeToken"]);
const transient = new Set(["Unreachable", "Timeout", "InternalErrorException"]);

/** Calls Cognito over its JSON protocol until `signal` says that the time is up. */
export const callCognito =
  (signal: AbortSignal): Call =>
  async (operation, input) => {
    const attempt = () => send(operation, JSON.stringify(input), signal);
    try {
      return await attempt();
    } catch (error) {
      const again = error instanceof CognitoError && transient.has(error.type) && repeatable.has(operation);
      if (!again || signal.aborted) throw error;
      return attempt();
    }
  };

async function send(operation: Operation, body: string, callSignal: AbortSignal): Promise<JsonObject> {
  const signal = AbortSignal.any([callSignal, AbortSignal.timeout(attemptMs)]);
  const { url, headers } = await request(operation, body);
  let answered: Answered;
  try {
    answered = await post(url, headers, body, signal);
  } catch {
    throw new CognitoError(operation, signal.aborted ? "Timeout" : "Unreachable");
  }
  const { status, text, requestId } = answered;
  const answer = parse(text);
  if (status !== 200) throw failed(operation, status, answer, requestId);
  if (!answer) throw new CognitoError(operation, "InvalidAnswer", "", requestId);
  return answer;
}

async function request(operation: Operation, body: string) {
  const region = environment("AWS_REGION");
  // The AWS SDKs' own variable, so that a local Cognito can stand in.
  const endpoint = process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER;
  const url = new URL(endpoint || `https://cognito-idp.${region}.amazonaws.com/`);
  const headers = {
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
  };
  const service = "cognito-idp";
  return { url, headers: authorized.has(operation) ? await signed({ url, region, service, headers, body }) : headers };
}

/** RevokeToken answers with an empty body. */
function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = text === "" ? {} : JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function failed(operation: Operation, status: number, answer: unknown, requestId: string | undefined): CognitoError {
  const message = stringProperty(answer, "message") ?? stringProperty(answer, "Message") ?? "";
  const given = stringProperty(answer, "__type")?.split("#").at(-1) ?? "InvalidAnswer";
  const type = status < 500 ? classify(given, message) : "InternalErrorException";
  return new CognitoError(operation, type, message, requestId);
}

/** Cognito uses one type for what the caller did and for what this deployment did; only the text tells them apart. */
function classify(type: string, message: string): string {
  if (/^(NotAuthorized|Unauthorized)Exception$/.test(type) && /secret/i.test(message)) return "SecretRefused";
  if (type !== "InvalidParameterException") return type;
  if (/flow.* not (enabled|supported)/i.test(message)) return "FlowNotEnabled";
  return /validation errors? detected/.test(message) ? "InvalidValue" : type;
}

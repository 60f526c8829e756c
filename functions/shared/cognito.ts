import type * as Aws from "@aws-sdk/client-cognito-identity-provider";
import { AwsV4Signer } from "aws4fetch";
import { environment } from "./environment";
import { CognitoError } from "./errors";
import { isObject, type JsonObject, stringProperty } from "./json";
import { attemptMs } from "./timing";

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
const signed = new Set<Operation>(["AdminGetUser", "DescribeUserPoolClient"]);

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

async function send(operation: Operation, body: string, signal: AbortSignal): Promise<JsonObject> {
  const { url, headers } = await request(operation, body);
  let response: Response;
  let text: string;
  try {
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(attemptMs)]);
    response = await fetch(url, { method: "POST", headers, body, signal: timeout, redirect: "error" });
    text = await response.text();
  } catch (error) {
    throw new CognitoError(operation, isObject(error) && error.name === "TimeoutError" ? "Timeout" : "Unreachable");
  }
  const requestId = response.headers.get("x-amzn-requestid") ?? undefined;
  const answer = parse(text);
  if (!response.ok) throw failed(operation, response.status, answer, requestId);
  if (!answer) throw new CognitoError(operation, "InvalidAnswer", "", requestId);
  return answer;
}

async function request(operation: Operation, body: string): Promise<{ url: string; headers: Headers }> {
  const region = environment("AWS_REGION");
  // The AWS SDKs' own variable, so that a local Cognito can stand in.
  const url = process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER || `https://cognito-idp.${region}.amazonaws.com/`;
  const headers = new Headers({
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
  });
  if (!signed.has(operation)) return { url, headers };
  const sessionToken = process.env.AWS_SESSION_TOKEN;
  const signer = new AwsV4Signer({
    url,
    headers,
    body,
    region,
    service: "cognito-idp",
    accessKeyId: environment("AWS_ACCESS_KEY_ID"),
    secretAccessKey: environment("AWS_SECRET_ACCESS_KEY"),
    ...(sessionToken && { sessionToken }),
  });
  return { url, headers: (await signer.sign()).headers };
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

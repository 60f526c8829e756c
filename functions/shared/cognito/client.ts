import type * as Aws from "@aws-sdk/client-cognito-identity-provider";
import { environment } from "../environment";
import { isObject, type JsonObject, stringProperty } from "../json";
import { attemptMs } from "../timing";
import { CognitoError } from "./cognito-error";
import { type HttpResponse, post } from "./post";
import { sign } from "./signature";

/** Every operation that a function of this API calls, with its input and output. */
interface Operations {
  AdminGetUser: [Aws.AdminGetUserRequest, Aws.AdminGetUserResponse];
  AssociateSoftwareToken: [Aws.AssociateSoftwareTokenRequest, Aws.AssociateSoftwareTokenResponse];
  ChangePassword: [Aws.ChangePasswordRequest, Aws.ChangePasswordResponse];
  ConfirmForgotPassword: [Aws.ConfirmForgotPasswordRequest, Aws.ConfirmForgotPasswordResponse];
  ConfirmSignUp: [Aws.ConfirmSignUpRequest, Aws.ConfirmSignUpResponse];
  DeleteUser: [Aws.DeleteUserRequest, object];
  DescribeUserPoolClient: [Aws.DescribeUserPoolClientRequest, Aws.DescribeUserPoolClientResponse];
  ForgotPassword: [Aws.ForgotPasswordRequest, Aws.ForgotPasswordResponse];
  GetTokensFromRefreshToken: [Aws.GetTokensFromRefreshTokenRequest, Aws.GetTokensFromRefreshTokenResponse];
  GlobalSignOut: [Aws.GlobalSignOutRequest, Aws.GlobalSignOutResponse];
  InitiateAuth: [Aws.InitiateAuthRequest, Aws.InitiateAuthResponse];
  ResendConfirmationCode: [Aws.ResendConfirmationCodeRequest, Aws.ResendConfirmationCodeResponse];
  RespondToAuthChallenge: [Aws.RespondToAuthChallengeRequest, Aws.RespondToAuthChallengeResponse];
  RevokeToken: [Aws.RevokeTokenRequest, Aws.RevokeTokenResponse];
  SetUserMFAPreference: [Aws.SetUserMFAPreferenceRequest, Aws.SetUserMFAPreferenceResponse];
  SignUp: [Aws.SignUpRequest, Aws.SignUpResponse];
  VerifySoftwareToken: [Aws.VerifySoftwareTokenRequest, Aws.VerifySoftwareTokenResponse];
}
export type Operation = keyof Operations;

/** Calls an operation of Cognito. @throws {CognitoError} however it fails */
export type CallOperation = <O extends Operation>(operation: O, input: Operations[O][0]) => Promise<Operations[O][1]>;

/** Operations that Cognito authorizes by IAM; the others are sent without a signature. */
const authorized = new Set<Operation>(["AdminGetUser", "DescribeUserPoolClient"]);

/** Idempotent operations. The others use up a code, count a wrong password or send a mail, perhaps before their response is lost. */
const idempotent = new Set<Operation>([
  "AdminGetUser",
  "DescribeUserPoolClient",
  "RevokeToken",
  "SetUserMFAPreference",
]);
const transient = new Set(["Unreachable", "Timeout", "InternalErrorException"]);

/** Calls Cognito over its JSON protocol; an idempotent operation that fails for a passing reason is sent once more. @param signal aborts all of it */
export const callCognito =
  (signal: AbortSignal): CallOperation =>
  async (operation, input) => {
    const attempt = () => send(operation, JSON.stringify(input), signal);
    try {
      return await attempt();
    } catch (error) {
      const again = error instanceof CognitoError && transient.has(error.type) && idempotent.has(operation);
      if (!again || signal.aborted) throw error;
      return attempt();
    }
  };

async function send(operation: Operation, body: string, invocationSignal: AbortSignal): Promise<JsonObject> {
  const signal = AbortSignal.any([invocationSignal, AbortSignal.timeout(attemptMs)]);
  const { url, headers } = await request(operation, body);
  let response: HttpResponse;
  try {
    response = await post(url, headers, body, signal);
  } catch {
    throw new CognitoError(operation, signal.aborted ? "Timeout" : "Unreachable");
  }
  const { status, text, requestId } = response;
  const output = parse(text);
  if (status !== 200) throw cognitoError(operation, status, output, requestId);
  if (!output) throw new CognitoError(operation, "InvalidResponse", "", requestId);
  return output;
}

async function request(operation: Operation, body: string) {
  const region = environment("AWS_REGION");
  // The variable that the AWS SDKs read, so that a local Cognito can take Cognito's place.
  const endpoint = process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER || process.env.AWS_ENDPOINT_URL;
  const url = new URL(endpoint || `https://cognito-idp.${region}.amazonaws.com/`);
  const headers = {
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
  };
  const service = "cognito-idp";
  return { url, headers: authorized.has(operation) ? await sign({ url, region, service, headers, body }) : headers };
}

/** An empty body, as RevokeToken returns it, is an empty object. */
function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = text === "" ? {} : JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function cognitoError(
  operation: Operation,
  status: number,
  output: unknown,
  requestId: string | undefined,
): CognitoError {
  const message = stringProperty(output, "message") ?? stringProperty(output, "Message") ?? "";
  const ownType = stringProperty(output, "__type")?.split("#").at(-1) ?? "InvalidResponse";
  const type = status < 500 ? classify(ownType, message) : "InternalErrorException";
  return new CognitoError(operation, type, message, requestId);
}

/** Cognito has one type for mistakes of the caller and of the deployment; only the message tells them apart. */
function classify(type: string, message: string): string {
  if (/^(NotAuthorized|Unauthorized)Exception$/.test(type) && /secret/i.test(message)) return "SecretRejected";
  if (type !== "InvalidParameterException") return type;
  if (/flow.* not (enabled|supported)/i.test(message)) return "FlowNotEnabled";
  return /validation errors? detected/.test(message) ? "InvalidValue" : type;
}

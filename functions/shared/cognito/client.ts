import type * as Aws from "@aws-sdk/client-cognito-identity-provider";
import { callAws, NoResponse, type Service } from "../aws/json-protocol";
import type { JsonObject } from "../json";
import { CognitoError } from "./cognito-error";

const cognito: Service = {
  name: "cognito-idp",
  target: "AWSCognitoIdentityProviderService",
  version: "1.1",
  endpointVariable: "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER",
};

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
  GetUser: [Aws.GetUserRequest, Aws.GetUserResponse];
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

async function send(operation: Operation, input: string, signal: AbortSignal): Promise<JsonObject> {
  const response = await callAws(cognito, operation, input, { signed: authorized.has(operation), signal }).catch(
    (error: unknown) => {
      if (!(error instanceof NoResponse)) throw error;
      throw new CognitoError(operation, error.name === "TimeoutError" ? "Timeout" : "Unreachable");
    },
  );
  const { status, output, requestId, type = "InvalidResponse", message } = response;
  if (status !== 200) {
    const known = status < 500 ? classify(type, message) : "InternalErrorException";
    throw new CognitoError(operation, known, message, requestId);
  }
  if (!output) throw new CognitoError(operation, "InvalidResponse", "", requestId);
  return output;
}

/** Cognito has one type for mistakes of the caller and of the deployment; only the message tells them apart. */
function classify(type: string, message: string): string {
  if (/^(NotAuthorized|Unauthorized)Exception$/.test(type) && /secret/i.test(message)) return "SecretRejected";
  if (type !== "InvalidParameterException") return type;
  if (/flow.* not (enabled|supported)/i.test(message)) return "FlowNotEnabled";
  return /validation errors? detected/.test(message) ? "InvalidValue" : type;
}

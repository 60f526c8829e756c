import { AwsError } from "../aws/aws-error";
import type { AwsRequest } from "../aws/aws-request";
import type { Iam } from "../aws/iam";
import { authenticate, readSignature } from "../aws/signature";
import { CognitoException } from "./errors";

/** Operations that need no signature: a password, a code or a token is the credential. */
const unsigned = new Set(
  "AssociateSoftwareToken ChangePassword ConfirmForgotPassword ConfirmSignUp DeleteUser DeleteUserAttributes ForgotPassword GetTokensFromRefreshToken GetUser GetUserAttributeVerificationCode GlobalSignOut InitiateAuth ResendConfirmationCode RespondToAuthChallenge RevokeToken SetUserMFAPreference SignUp UpdateUserAttributes VerifySoftwareToken VerifyUserAttribute".split(
    " ",
  ),
);

/**
 * Throws unless AWS would accept the request. Access keys that belong to no role of this stack are the developer's, who
 * may do everything: there is no secret to verify their signature with.
 * @throws MissingAuthenticationTokenException, IncompleteSignatureException, UnrecognizedClientException,
 * InvalidSignatureException, AccessDeniedException
 */
export function authorize(request: AwsRequest, operation: string, poolArn: string, iam: Iam, now: number): void {
  if (unsigned.has(operation)) return;
  try {
    const signature = readSignature(request);
    const service = signature.service === "cognito-idp" ? signature : { ...signature, value: "" };
    const denial = authenticate(request, service, iam, now)?.denial(`cognito-idp:${operation}`, poolArn);
    if (denial !== undefined) throw new CognitoException("AccessDeniedException", denial);
  } catch (error) {
    throw error instanceof AwsError ? new CognitoException(error.code, error.message) : error;
  }
}

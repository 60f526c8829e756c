import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { CognitoError } from "./shared/cognito/cognito-error";
import { passwordErrors } from "./shared/cognito/error-responses";
import type { ErrorResponse } from "./shared/error-response";
import { endpoint } from "./shared/http/endpoint";
import { type SignUpBody, signUpBody } from "./shared/schemas";

export interface SignUpResult {
  readonly username: string;
  /** The user's immutable id in the pool. */
  readonly user_sub: string;
  /** False until confirm-sign-up gets the mailed code. */
  readonly user_confirmed: boolean;
  /** Destination of the code, masked by Cognito; null if none was sent. */
  readonly code_sent_to: string | null;
}

/** Creates an account with a user name chosen by the user and the e-mail as its alias. */
export async function signUp(client: AppClient, body: SignUpBody): Promise<SignUpResult> {
  const response = await withSecretHash(client, body.username, (hash) =>
    client.call("SignUp", {
      ClientId: client.clientId,
      SecretHash: hash,
      Username: body.username,
      Password: body.password,
      UserAttributes: [{ Name: "email", Value: body.email }],
    }),
  );
  if (!response.UserSub) throw new CognitoError("SignUp", "InvalidResponse");
  return {
    username: body.username,
    user_sub: response.UserSub,
    user_confirmed: response.UserConfirmed === true,
    code_sent_to: response.CodeDeliveryDetails?.Destination ?? null,
  };
}

const invalid: ErrorResponse = {
  status: 400,
  message: "The user pool does not accept this username or email: email must be an address, username must not be one",
};

export const handler = endpoint(
  {
    body: signUpBody,
    purpose: "to sign up",
    errors: {
      ...passwordErrors,
      UsernameExistsException: { status: 409, message: "Username is taken" },
      AliasExistsException: { status: 409, message: "Email is taken" },
      InvalidParameterException: invalid,
      NotAuthorizedException: { status: 403, message: "Sign-up is not allowed" },
      CodeDeliveryFailureException: {
        status: 502,
        message: "The account was created but the code could not be sent, ask for it again",
      },
    },
  },
  (body, { signal }) => signUp(appClient(signal), body),
);

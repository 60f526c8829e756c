import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { passwordRefusals } from "./shared/cognito/refusals";
import type { Refusal } from "./shared/errors";
import { CognitoError } from "./shared/errors";
import { endpoint } from "./shared/http/endpoint";
import { type SignUpBody, signUpBody } from "./shared/schemas";

export interface SignUpResult {
  readonly username: string;
  /** The user's id in the pool, which never changes. */
  readonly user_sub: string;
  /** False as long as the mailed code was not sent to confirm-sign-up. */
  readonly user_confirmed: boolean;
  /** Where the code went, masked by Cognito; null if none was sent. */
  readonly code_sent_to: string | null;
}

/** Creates an account with a user name of the user's choice and the e-mail as its alias. */
export async function signUp(client: AppClient, body: SignUpBody): Promise<SignUpResult> {
  const answer = await withSecretHash(client, body.username, (hash) =>
    client.call("SignUp", {
      ClientId: client.clientId,
      SecretHash: hash,
      Username: body.username,
      Password: body.password,
      UserAttributes: [{ Name: "email", Value: body.email }],
    }),
  );
  if (!answer.UserSub) throw new CognitoError("SignUp", "InvalidAnswer");
  return {
    username: body.username,
    user_sub: answer.UserSub,
    user_confirmed: answer.UserConfirmed === true,
    code_sent_to: answer.CodeDeliveryDetails?.Destination ?? null,
  };
}

const invalid: Refusal = {
  status: 400,
  message: "The user pool does not accept this username or email: email must be an address, username must not be one",
};

export const handler = endpoint(
  {
    body: signUpBody,
    purpose: "to sign up",
    refusals: {
      ...passwordRefusals,
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

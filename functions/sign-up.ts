import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { CognitoError } from "./shared/cognito/cognito-error";
import { passwordErrors } from "./shared/cognito/error-responses";
import { rejectionText } from "./shared/cognito/trigger-rejection";
import type { ErrorResponse } from "./shared/error-response";
import { endpoint } from "./shared/http/endpoint";
import { type SignUpBody, signUpBody } from "./shared/schemas";

export interface SignUpResult {
  /** The user's name in the pool. */
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
    username: nameInPool(body.username, response.UserSub),
    user_sub: response.UserSub,
    user_confirmed: response.UserConfirmed === true,
    code_sent_to: response.CodeDeliveryDetails?.Destination ?? null,
  };
}

/**
 * SignUp does not return the name. A pool made here ignores case and keeps names in lower case; a pool whose user names are
 * e-mail addresses makes them itself, equal to the sub. Of another existing pool the case is not known and kept as sent.
 */
function nameInPool(username: string, sub: string): string {
  if (username.includes("@")) return sub;
  return process.env.EXISTING_USER_POOL === "true" ? username : username.toLowerCase();
}

/** Cognito has one error type for these rules; which of the first two holds is a matter of the pool. */
const invalid = (message: string): ErrorResponse => {
  const rules = [
    [/should be .*an email/i, "username must be an email address, as all user names of this pool are"],
    [/cannot be of email format/i, "username must not be an email address: the email can be used to log in, too"],
    [/invalid email/i, "email must be an email address"],
  ] as const;
  const rule = rules.find(([pattern]) => pattern.test(message))?.[1];
  return { status: 400, message: rule ?? "The user pool does not accept this username or email" };
};

export const handler = endpoint(
  {
    body: signUpBody,
    purpose: "to sign up",
    counts: "SignUps",
    errors: {
      ...passwordErrors,
      UsernameExistsException: { status: 409, message: "Username is taken" },
      AliasExistsException: { status: 409, message: "Email is taken" },
      InvalidParameterException: invalid,
      // A pre sign-up trigger may say why.
      UserLambdaValidationException: (message) => ({
        status: 400,
        message: rejectionText(message) ?? "The user pool refused this request",
      }),
      NotAuthorizedException: { status: 403, message: "Sign-up is not allowed" },
      CodeDeliveryFailureException: {
        status: 502,
        message: "The account was created but the code could not be sent, ask for it again",
      },
    },
  },
  ({ body, signal }) => signUp(appClient(signal), body),
);

import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { appErrors } from "./shared/cognito/authenticator-app";
import { CognitoError } from "./shared/cognito/cognito-error";
import { passwordErrors } from "./shared/cognito/error-responses";
import { verifyApp, withAppSecret } from "./shared/cognito/mfa-setup";
import { type Challenge, type Session, sessionOf } from "./shared/cognito/session";
import { type ErrorResponse, HttpError } from "./shared/error-response";
import { endpoint } from "./shared/http/endpoint";
import { checkOrigin, keepRefreshToken } from "./shared/http/refresh-cookie";
import { validate } from "./shared/http/validate";
import { type ChallengeBody, challengeBody, challengeKeys, newPassword } from "./shared/schemas";

const purpose = "to answer the challenge";

/** Required attributes that a user with a temporary password must still set. The pool decides which ones the client may write. */
const userAttribute = /^userAttributes\.[\w:.-]{1,64}$/;

/** Responds to the challenge of an unfinished login; the result is tokens or the next challenge. */
export async function respondToChallenge(client: AppClient, body: ChallengeBody): Promise<Session | Challenge> {
  checkResponses(body);
  const { challenge_name: challenge, responses } = body;
  const setsUp = challenge === "MFA_SETUP";
  const session = setsUp
    ? await verifyApp(client, body.session, responses.SOFTWARE_TOKEN_MFA_CODE).catch(asRejectedSecret)
    : body.session;
  const response = await withSecretHash(client, body.username, (hash) =>
    client
      .call("RespondToAuthChallenge", {
        ClientId: client.clientId,
        ChallengeName: challenge,
        Session: session,
        ChallengeResponses: { ...(setsUp ? {} : responses), USERNAME: body.username, SECRET_HASH: hash },
      })
      .catch(asRejectedSecret),
  );
  return withAppSecret(client, sessionOf("RespondToAuthChallenge", response, body.username));
}

/**
 * Cognito rejects the hash of an alias of a user, and the session of a name that does not exist. Both become the same error:
 * the secret is read again for both or for neither, and the time of a response does not tell them apart.
 */
function asRejectedSecret(error: unknown): never {
  const rejected = error instanceof CognitoError && error.type === "NotAuthorizedException";
  if (!rejected || unwritable.test(error.message)) throw error;
  throw new CognitoError(error.operation, "SecretRejected", error.message, error.requestId);
}

/** NotAuthorizedException too, though its cause is an attribute among the responses. */
const unwritable = /unauthorized attribute/;

/** @throws {HttpError} 400 unless the responses have all keys of the challenge, and no others */
function checkResponses({ challenge_name: challenge, responses }: ChallengeBody): void {
  const keys: readonly string[] = challengeKeys[challenge];
  const missing = keys.find((key) => !Object.hasOwn(responses, key));
  if (missing) throw new HttpError(400, `Please provide ${missing} ${purpose}`);
  if (Object.hasOwn(responses, "NEW_PASSWORD"))
    validate(newPassword, { NEW_PASSWORD: responses.NEW_PASSWORD }, "responses", purpose);
  const flag = Object.keys(responses).find((key) => /^userAttributes\.(email|phone_number)_verified$/.test(key));
  if (flag) throw new HttpError(400, `${flag} must not be sent: only Cognito sets it, with a code`);
  const known = (key: string) =>
    keys.includes(key) || (challenge === "NEW_PASSWORD_REQUIRED" && userAttribute.test(key));
  if (!Object.keys(responses).every(known)) {
    throw new HttpError(400, `responses to ${challenge} must hold only ${keys.join(", ")}`);
  }
}

const expired: ErrorResponse = {
  status: 401,
  message: "Invalid or expired session, or not the username that login returned: please log in again",
};

export const handler = endpoint(
  {
    body: challengeBody,
    purpose,
    counts: "SignIns",
    errors: {
      ...passwordErrors,
      ...appErrors,
      SecretRejected: expired,
      NotAuthorizedException: { status: 400, message: "responses must hold only attributes that a user may set" },
      UserNotFoundException: expired,
      UserNotConfirmedException: expired,
      PasswordResetRequiredException: expired,
      UserLambdaValidationException: expired,
      InvalidParameterException: { status: 400, message: "The user pool does not accept these responses" },
    },
  },
  async ({ body, event, signal }) => {
    checkOrigin(event);
    return keepRefreshToken(await respondToChallenge(appClient(signal), body), event);
  },
);

import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { passwordErrors } from "./shared/cognito/error-responses";
import { type Challenge, type Session, sessionOf } from "./shared/cognito/session";
import { type ErrorResponse, HttpError } from "./shared/error-response";
import { endpoint } from "./shared/http/endpoint";
import { type ChallengeBody, challengeBody, challengeKeys } from "./shared/schemas";

const purpose = "to answer the challenge";

/** Required attributes that a user with a temporary password must still set. The pool decides which ones the client may write. */
const userAttribute = /^userAttributes\.[\w:.-]{1,64}$/;

/** Responds to the challenge of an unfinished login; the result is tokens or the next challenge. */
export async function respondToChallenge(client: AppClient, body: ChallengeBody): Promise<Session | Challenge> {
  checkResponses(body);
  const response = await withSecretHash(client, body.username, (hash) =>
    client.call("RespondToAuthChallenge", {
      ClientId: client.clientId,
      ChallengeName: body.challenge_name,
      Session: body.session,
      ChallengeResponses: { ...body.responses, USERNAME: body.username, SECRET_HASH: hash },
    }),
  );
  return sessionOf("RespondToAuthChallenge", response, body.username);
}

/** @throws {HttpError} 400 unless the responses have all keys of the challenge, and no others */
function checkResponses({ challenge_name: challenge, responses }: ChallengeBody): void {
  const keys: readonly string[] = challengeKeys[challenge];
  const missing = keys.find((key) => !Object.hasOwn(responses, key));
  if (missing) throw new HttpError(400, `Please provide ${missing} ${purpose}`);
  const known = (key: string) =>
    keys.includes(key) || (challenge === "NEW_PASSWORD_REQUIRED" && userAttribute.test(key));
  if (!Object.keys(responses).every(known)) {
    throw new HttpError(400, `responses to ${challenge} must hold only ${keys.join(", ")}`);
  }
}

const expired: ErrorResponse = { status: 401, message: "Invalid or expired session, please log in again" };

export const handler = endpoint(
  {
    body: challengeBody,
    purpose,
    errors: {
      ...passwordErrors,
      CodeMismatchException: { status: 400, message: "Invalid code" },
      ExpiredCodeException: { status: 400, message: "Expired code" },
      NotAuthorizedException: expired,
      UserNotFoundException: expired,
      PasswordResetRequiredException: expired,
      UserLambdaValidationException: expired,
      InvalidParameterException: { status: 400, message: "The user pool does not accept these responses" },
    },
  },
  (body, { signal }) => respondToChallenge(appClient(signal), body),
);

import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { passwordRefusals } from "./shared/cognito/refusals";
import { type Challenge, type Session, sessionOf } from "./shared/cognito/session";
import { type Refusal, RefusedError } from "./shared/errors";
import { endpoint } from "./shared/http/endpoint";
import { type ChallengeBody, challengeBody, challengeKeys } from "./shared/schemas";

const purpose = "to answer the challenge";

/** Attributes that a user with a temporary password still owes; which of them a client may write is the pool's to say. */
const userAttribute = /^userAttributes\.[\w:.-]{1,64}$/;

/** Answers the challenge of an unfinished login, which can end in tokens or in the next challenge. */
export async function respondToChallenge(client: AppClient, body: ChallengeBody): Promise<Session | Challenge> {
  checkResponses(body);
  const answer = await withSecretHash(client, body.username, (hash) =>
    client.call("RespondToAuthChallenge", {
      ClientId: client.clientId,
      ChallengeName: body.challenge_name,
      Session: body.session,
      ChallengeResponses: { ...body.responses, USERNAME: body.username, SECRET_HASH: hash },
    }),
  );
  return sessionOf("RespondToAuthChallenge", answer, body.username);
}

/** @throws {RefusedError} 400 unless the responses are the challenge's own keys, all of them. */
function checkResponses({ challenge_name: challenge, responses }: ChallengeBody): void {
  const keys: readonly string[] = challengeKeys[challenge];
  const missing = keys.find((key) => !Object.hasOwn(responses, key));
  if (missing) throw new RefusedError(400, `Please provide ${missing} ${purpose}`);
  const known = (key: string) =>
    keys.includes(key) || (challenge === "NEW_PASSWORD_REQUIRED" && userAttribute.test(key));
  if (!Object.keys(responses).every(known)) {
    throw new RefusedError(400, `responses to ${challenge} must hold only ${keys.join(", ")}`);
  }
}

const refused: Refusal = { status: 401, message: "Invalid or expired session, please log in again" };

export const handler = endpoint(
  {
    body: challengeBody,
    purpose,
    refusals: {
      ...passwordRefusals,
      CodeMismatchException: { status: 400, message: "Invalid code" },
      ExpiredCodeException: { status: 400, message: "Expired code" },
      NotAuthorizedException: refused,
      UserNotFoundException: refused,
      PasswordResetRequiredException: refused,
      UserLambdaValidationException: refused,
      InvalidParameterException: { status: 400, message: "The user pool does not accept these responses" },
    },
  },
  (body, { signal }) => respondToChallenge(appClient(signal), body),
);

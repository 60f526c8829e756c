import type { Client } from "../local-user-pool";
import { openSession } from "../sessions";
import type { Session, User } from "../store";

/** A challenge as Cognito returns it, with a new session. */
export const challenge = (
  client: Client,
  user: User,
  ChallengeName: string,
  now: number,
  parameters: Readonly<Record<string, string>> = {},
  state: Pick<Session, "verified"> = {},
) => ({
  ChallengeName,
  Session: openSession(client, user, ChallengeName, now, state),
  ChallengeParameters: { USER_ID_FOR_SRP: user.username, ...parameters },
});

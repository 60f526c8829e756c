/** MFA_SETUP: a pool that requires a second factor sends it to users who have none yet. */
import { HttpError } from "../error-response";
import type { AppClient } from "./app-client";
import { appSecret } from "./authenticator-app";
import { CognitoError } from "./cognito-error";
import type { Challenge, Session } from "./session";

/** Adds `secret_code` and `otpauth_url` to the parameters of that challenge, so that its response can be a code of the app. */
export async function withAppSecret(client: AppClient, result: Session | Challenge): Promise<Session | Challenge> {
  if (!("challenge_name" in result) || result.challenge_name !== "MFA_SETUP") return result;
  const { SecretCode, Session } = await client
    .call("AssociateSoftwareToken", { Session: result.session ?? "" })
    .catch(rejectOtherFactors);
  return {
    ...result,
    session: Session ?? result.session,
    challenge_parameters: { ...result.challenge_parameters, ...appSecret(SecretCode, result.username) },
  };
}

function rejectOtherFactors(error: unknown): never {
  if (!(error instanceof CognitoError && error.type === "SoftwareTokenMFANotFoundException")) throw error;
  throw new HttpError(403, "The user pool requires a second factor of a kind that this API cannot set up");
}

/** @returns the session to respond to MFA_SETUP with */
export async function verifyApp(client: AppClient, session: string, code: string | undefined): Promise<string> {
  const response = await client.call("VerifySoftwareToken", { Session: session, UserCode: code });
  if (!response.Session) throw new CognitoError("VerifySoftwareToken", "InvalidResponse");
  return response.Session;
}

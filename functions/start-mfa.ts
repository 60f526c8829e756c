import { type AppSecret, appErrors, appSecret } from "./shared/cognito/authenticator-app";
import { type CallOperation, callCognito } from "./shared/cognito/client";
import { accessToken, accessTokenErrors } from "./shared/http/access-token";
import { callerName } from "./shared/http/claims";
import { endpoint } from "./shared/http/endpoint";
import { ownAccountBody } from "./shared/schemas";

const purpose = "to set up a second factor";

/** Returns a secret for the caller's authenticator app. Nothing is asked for until confirm-mfa gets a code of it. */
export async function startMfa(call: CallOperation, token: string, username: string): Promise<AppSecret> {
  const { SecretCode } = await call("AssociateSoftwareToken", { AccessToken: token });
  return appSecret(SecretCode, username);
}

export const handler = endpoint(
  { body: ownAccountBody, purpose, errors: { ...accessTokenErrors, ...appErrors } },
  (request) => startMfa(callCognito(request.signal), accessToken(request, purpose), callerName(request.claims)),
);

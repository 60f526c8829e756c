import { type AppSecret, appErrors, appSecret } from "./shared/cognito/authenticator-app";
import { type CallOperation, callCognito } from "./shared/cognito/client";
import { addFactor } from "./shared/cognito/second-factors";
import { accessToken, accessTokenErrors } from "./shared/http/access-token";
import { callerName } from "./shared/http/claims";
import { endpoint } from "./shared/http/endpoint";
import { type StartMfaBody, startMfaBody } from "./shared/schemas";

const purpose = "to set up a second factor";

/**
 * Returns a secret for the caller's authenticator app; nothing is asked for until confirm-mfa gets a code of it. With the method
 * `email`, turns on codes to the address that the user has confirmed already.
 */
export async function startMfa(
  call: CallOperation,
  token: string,
  username: string,
  { method = "app" }: StartMfaBody,
): Promise<AppSecret | object> {
  if (method === "email") {
    await addFactor(call, token, "EMAIL_OTP");
    return {};
  }
  const { SecretCode } = await call("AssociateSoftwareToken", { AccessToken: token });
  return appSecret(SecretCode, username);
}

const noEmail = { status: 409, message: "The user pool has no second factor by e-mail: see the setting MFA_EMAIL" };

export const handler = endpoint(
  { body: startMfaBody, purpose, errors: { ...accessTokenErrors, ...appErrors, InvalidParameterException: noEmail } },
  (request) =>
    startMfa(callCognito(request.signal), accessToken(request, purpose), callerName(request.claims), request.body),
);

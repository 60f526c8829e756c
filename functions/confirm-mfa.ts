import { appErrors } from "./shared/cognito/authenticator-app";
import { type CallOperation, callCognito } from "./shared/cognito/client";
import { addFactor } from "./shared/cognito/second-factors";
import { accessToken, accessTokenErrors } from "./shared/http/access-token";
import { endpoint } from "./shared/http/endpoint";
import { type ConfirmMfaBody, confirmMfaBody } from "./shared/schemas";

const purpose = "to turn the second factor on";

/** Turns the second factor on with the first code of the app that start-mfa gave a secret to. */
export async function confirmMfa(call: CallOperation, token: string, { code }: ConfirmMfaBody): Promise<object> {
  await call("VerifySoftwareToken", { AccessToken: token, UserCode: code });
  await addFactor(call, token, "SOFTWARE_TOKEN_MFA");
  return {};
}

const notStarted = { status: 409, message: "There is no secret to confirm: start with POST /user/mfa" };

export const handler = endpoint(
  {
    body: confirmMfaBody,
    purpose,
    errors: { ...accessTokenErrors, ...appErrors, InvalidParameterException: notStarted },
  },
  (request) => confirmMfa(callCognito(request.signal), accessToken(request, purpose), request.body),
);

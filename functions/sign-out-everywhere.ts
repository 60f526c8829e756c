import { type CallOperation, callCognito } from "./shared/cognito/client";
import { accessToken, accessTokenErrors } from "./shared/http/access-token";
import { endpoint } from "./shared/http/endpoint";
import { ownAccountBody } from "./shared/schemas";

const purpose = "to sign out everywhere";

/**
 * Revokes every refresh token of the caller, on all devices. Authorizers accept the other tokens until they expire.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GlobalSignOut.html
 */
export async function signOutEverywhere(call: CallOperation, token: string): Promise<object> {
  await call("GlobalSignOut", { AccessToken: token });
  return {};
}

export const handler = endpoint({ body: ownAccountBody, purpose, errors: accessTokenErrors }, (request) =>
  signOutEverywhere(callCognito(request.signal), accessToken(request, purpose)),
);

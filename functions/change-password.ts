import { type CallOperation, callCognito } from "./shared/cognito/client";
import { type ErrorResponses, passwordErrors } from "./shared/cognito/error-responses";
import { accessToken, accessTokenErrors } from "./shared/http/access-token";
import { endpoint } from "./shared/http/endpoint";
import { type ChangePasswordBody, changePasswordBody } from "./shared/schemas";

const purpose = "to change the password";

/** Changes the caller's password. Other sessions go on: sign-out-everywhere ends them. */
export async function changePassword(call: CallOperation, token: string, body: ChangePasswordBody): Promise<object> {
  await call("ChangePassword", {
    AccessToken: token,
    PreviousPassword: body.previous_password,
    ProposedPassword: body.proposed_password,
  });
  return {};
}

/** Cognito has one type for a wrong password and for a token that is no longer valid. */
const notAuthorized: ErrorResponses = {
  NotAuthorizedException: (message) => {
    if (/attempts exceeded/i.test(message)) return { status: 429, message: "Too many attempts", retryAfter: 60 };
    if (/password/i.test(message)) return { status: 400, message: "previous_password is not the current password" };
    return { status: 401, message: "The access token is invalid, expired or revoked: please log in again" };
  },
};

export const handler = endpoint(
  { body: changePasswordBody, purpose, errors: { ...accessTokenErrors, ...passwordErrors, ...notAuthorized } },
  (request) => changePassword(callCognito(request.signal), accessToken(request, purpose), request.body),
);

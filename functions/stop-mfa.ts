import { type CallOperation, callCognito } from "./shared/cognito/client";
import { removeFactors } from "./shared/cognito/second-factors";
import { accessToken, accessTokenErrors } from "./shared/http/access-token";
import { endpoint } from "./shared/http/endpoint";
import { ownAccountBody } from "./shared/schemas";

const purpose = "to turn the second factor off";

/** Turns the caller's second factors off. Where the pool requires one, a set-up app or a mail is asked for all the same. */
export async function stopMfa(call: CallOperation, token: string): Promise<object> {
  await removeFactors(call, token);
  return {};
}

const required = { status: 409, message: "The user pool requires a second factor" };

export const handler = endpoint(
  { body: ownAccountBody, purpose, errors: { ...accessTokenErrors, InvalidParameterException: required } },
  (request) => stopMfa(callCognito(request.signal), accessToken(request, purpose)),
);

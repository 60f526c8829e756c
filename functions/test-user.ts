import { type CallOperation, callCognito } from "./shared/cognito/client";
import { CognitoError } from "./shared/cognito/cognito-error";
import { environment } from "./shared/environment";
import { HttpError } from "./shared/error-response";
import { callerName, inGroup } from "./shared/http/claims";
import { endpoint } from "./shared/http/endpoint";
import type { JsonObject } from "./shared/json";
import { type TestUserBody, testUserBody } from "./shared/schemas";

/** An attribute in the form that Cognito uses. */
export interface Attribute {
  readonly Name: string;
  readonly Value: string;
}

/**
 * Returns the caller's attributes, or another user's to members of the group `admin`. The verified claims alone identify the
 * caller. Other callers get the same error whether or not the user exists: no request is sent to Cognito.
 * @throws {HttpError} 403
 */
export async function testUser(
  call: CallOperation,
  userPoolId: string,
  claims: JsonObject,
  { username }: TestUserBody,
): Promise<readonly Attribute[]> {
  const caller = callerName(claims);
  // The pool compares user names without case; Cognito gets the spelling of the claim.
  const own = username.toLowerCase() === caller.toLowerCase();
  if (!own && !inGroup(claims, "admin")) {
    throw new HttpError(403, "Only members of the group admin may read another user");
  }
  const response = await call("AdminGetUser", { UserPoolId: userPoolId, Username: own ? caller : username });
  if (!response.UserAttributes) throw new CognitoError("AdminGetUser", "InvalidResponse");
  return response.UserAttributes.map(({ Name = "", Value = "" }) => ({ Name, Value }));
}

export const handler = endpoint(
  {
    body: testUserBody,
    purpose: "to read a user",
    errors: { UserNotFoundException: { status: 404, message: "There is no such user" } },
  },
  ({ body, claims, signal }) => testUser(callCognito(signal), environment("USER_POOL_ID"), claims, body),
);

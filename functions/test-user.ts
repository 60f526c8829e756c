import { type Call, callCognito } from "./shared/cognito/client";
import { environment } from "./shared/environment";
import { CognitoError, RefusedError } from "./shared/errors";
import { callerName, inGroup, readClaims } from "./shared/http/claims";
import { endpoint } from "./shared/http/endpoint";
import type { JsonObject } from "./shared/json";
import { type TestUserBody, testUserBody } from "./shared/schemas";

/** An attribute in Cognito's own form, as the walk-through answers it. */
export interface Attribute {
  readonly Name: string;
  readonly Value: string;
}

/**
 * The caller's attributes, or another user's for members of the group `admin`. Who the caller is comes from the verified
 * claims only; everybody else gets the same refusal whether the other user exists, since Cognito is not even asked.
 */
export async function testUser(
  call: Call,
  userPoolId: string,
  claims: JsonObject,
  { username }: TestUserBody,
): Promise<readonly Attribute[]> {
  const caller = callerName(claims);
  // The pool compares user names without case. The claim's own spelling is what is asked for.
  const own = username.toLowerCase() === caller.toLowerCase();
  if (!own && !inGroup(claims, "admin")) {
    throw new RefusedError(403, "Only members of the group admin may read another user");
  }
  const answer = await call("AdminGetUser", { UserPoolId: userPoolId, Username: own ? caller : username });
  if (!answer.UserAttributes) throw new CognitoError("AdminGetUser", "InvalidAnswer");
  return answer.UserAttributes.map(({ Name = "", Value = "" }) => ({ Name, Value }));
}

export const handler = endpoint(
  {
    body: testUserBody,
    purpose: "to read a user",
    refusals: { UserNotFoundException: { status: 404, message: "There is no such user" } },
  },
  (body, { event, signal }) => testUser(callCognito(signal), environment("USER_POOL_ID"), readClaims(event), body),
);

import { type CallOperation, callCognito } from "./shared/cognito/client";
import { accessToken, accessTokenErrors } from "./shared/http/access-token";
import { endpoint } from "./shared/http/endpoint";
import { ownAccountBody } from "./shared/schemas";

const purpose = "to delete the account";

/** Deletes the caller's account for good. What other tables hold of the user stays: key it by `sub`, and delete it first. */
export async function deleteUser(call: CallOperation, token: string): Promise<object> {
  await call("DeleteUser", { AccessToken: token });
  return {};
}

export const handler = endpoint({ body: ownAccountBody, purpose, errors: accessTokenErrors }, (request) =>
  deleteUser(callCognito(request.signal), accessToken(request, purpose)),
);

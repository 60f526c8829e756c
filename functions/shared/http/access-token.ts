import type { ErrorResponses } from "../cognito/error-responses";
import { tokenClaims } from "../cognito/session";
import { environment } from "../environment";
import { HttpError } from "../error-response";
import { type JsonObject, stringProperty } from "../json";
import { header } from "./event";

interface SignedInRequest {
  readonly event: unknown;
  readonly claims: JsonObject;
  readonly body: { readonly access_token?: string | undefined };
}

/**
 * The caller's access token, for Cognito's operations on one's own account: with TOKEN_USE=access that of the token header,
 * which the authorizer has verified; otherwise the field `access_token`, of the same user. It is not verified here: Cognito
 * does so before it uses it.
 * @param purpose end of the message "Please provide access_token ...": `to change the password`
 * @throws {HttpError} 400
 */
export function accessToken({ event, claims, body }: SignedInRequest, purpose: string): string {
  if (environment("TOKEN_USE") === "access") {
    const name = process.env.TOKEN_HEADER || "Authorization";
    return (header(event, name.toLowerCase()) ?? "").replace(/^Bearer +/i, "");
  }
  const token = body.access_token;
  if (!token) throw new HttpError(400, `Please provide access_token ${purpose}`);
  const own = tokenClaims(token);
  if (stringProperty(own, "token_use") !== "access" || stringProperty(own, "sub") !== stringProperty(claims, "sub")) {
    throw new HttpError(400, "access_token must be an access token of the same user as the token in the header");
  }
  return token;
}

const expired = { status: 401, message: "The access token is invalid, expired or revoked: please log in again" };

/** For endpoints that pass the access token to Cognito. */
export const accessTokenErrors: ErrorResponses = {
  NotAuthorizedException: expired,
  UserNotFoundException: expired,
  PasswordResetRequiredException: expired,
  UserNotConfirmedException: expired,
};

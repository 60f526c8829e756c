import { CognitoError } from "./cognito-error";

/** Errors that reveal that a user does not exist, or the state of one that does. */
const revealing = new Set([
  "UserNotFoundException",
  "UserNotConfirmedException",
  "NotAuthorizedException",
  "InvalidParameterException",
  "InvalidValue",
  "CodeDeliveryFailureException",
]);

/**
 * Awaits a request that sends a code to a user, with the same result whether or not the user exists. Cognito's own response
 * is dropped as well: it holds a masked destination.
 * @throws {CognitoError} for errors that reveal nothing about a user
 */
export async function hideUserExistence(request: Promise<unknown>): Promise<object> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof CognitoError && revealing.has(error.type))) throw error;
  }
  return {};
}

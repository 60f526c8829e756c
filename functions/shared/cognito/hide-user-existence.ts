import { CognitoError } from "./cognito-error";

/** Of these, the log must hold a line: the caller does not learn that no mail was sent. */
const deploymentFaults = [
  "CodeDeliveryFailureException",
  "UserLambdaValidationException",
  "UnexpectedLambdaException",
  "InvalidLambdaResponseException",
];

/** Errors that reveal that a user does not exist, or the state of one that does. Only a user who exists has limits or gets a mail. */
const revealing = new Set([
  "UserNotFoundException",
  "UserNotConfirmedException",
  "NotAuthorizedException",
  "InvalidParameterException",
  "InvalidValue",
  "LimitExceededException",
  "TooManyFailedAttemptsException",
  ...deploymentFaults,
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
    const { operation, type, requestId } = error;
    if (deploymentFaults.includes(type)) {
      console.error({ message: "no code was sent", operation, type, cognitoRequestId: requestId });
    }
  }
  return {};
}

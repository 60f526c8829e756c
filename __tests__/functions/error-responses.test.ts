/** Cognito's errors about the caller's request, and the response to each. */
import { TriggerRejection } from "../../functions/shared/cognito/trigger-rejection";
import { captureLog, failed, succeeded, useEnvironment } from "./support/handlers";
import { type CallingCognito, invokeRejected } from "./support/rejections";

useEnvironment();

const login = "Incorrect username or password, or the user is not confirmed";
const renewal = "Invalid refresh token or username is incorrect or Refresh Token has been revoked";
const challenge = "Invalid or expired session, or not the username that login returned: please log in again";
const codes = {
  "confirm-sign-up": "Invalid or expired code, too many attempts, or an email that another account has confirmed",
  "confirm-forgot-password":
    "Invalid or expired code, too many attempts, or a password that breaks the user pool's rules",
} as const;
const notAnEmail = "username must not be an email address: the email can be used to log in, too";
const token = "refresh_token must be a refresh token of this API";
const value = "username has a form that is not accepted";
const validation = "1 validation error detected: Value 'x y' at 'username' failed to satisfy constraint";

const table: readonly [CallingCognito, string, string, number, string][] = [
  ["login", "NotAuthorizedException", "Incorrect username or password.", 401, login],
  ["login", "NotAuthorizedException", "User is disabled.", 401, login],
  ["login", "NotAuthorizedException", "Password attempts exceeded", 401, login],
  ["login", "UserNotFoundException", "User does not exist.", 401, login],
  ["login", "PasswordResetRequiredException", "Password reset required for the user", 401, login],
  ["login", "UserLambdaValidationException", "PreAuthentication failed with error no.", 401, login],
  ["login", "UserNotConfirmedException", "User is not confirmed.", 401, login],
  ["login", "InvalidParameterException", validation, 400, value],
  ["respond-to-challenge", "NotAuthorizedException", "Invalid session for the user.", 401, challenge],
  [
    "respond-to-challenge",
    "NotAuthorizedException",
    "A client attempted to write unauthorized attribute",
    400,
    "responses must hold only attributes that a user may set",
  ],
  ["respond-to-challenge", "NotAuthorizedException", "Unable to verify secret hash for client c", 401, challenge],
  ["respond-to-challenge", "UserNotConfirmedException", "User is not confirmed.", 401, challenge],
  ["respond-to-challenge", "UserNotFoundException", "User does not exist.", 401, challenge],
  ["respond-to-challenge", "PasswordResetRequiredException", "", 401, challenge],
  ["respond-to-challenge", "UserLambdaValidationException", "", 401, challenge],
  ["respond-to-challenge", "CodeMismatchException", "Invalid code received for user", 400, "Invalid code"],
  [
    "respond-to-challenge",
    "ExpiredCodeException",
    "Your software token has already been used once.",
    400,
    "Expired or used code",
  ],
  [
    "respond-to-challenge",
    "InvalidParameterException",
    "Attributes did not conform",
    400,
    "The user pool does not accept these responses",
  ],
  ["respond-to-challenge", "PasswordHistoryPolicyViolationException", "", 400, "Password was used before"],
  ["renew-refresh-token", "NotAuthorizedException", "Invalid Refresh Token", 401, renewal],
  ["renew-refresh-token", "NotAuthorizedException", "Refresh Token has been revoked", 401, renewal],
  ["renew-refresh-token", "NotAuthorizedException", "Refresh Token has expired", 401, renewal],
  ["renew-refresh-token", "NotAuthorizedException", "SecretHash does not match for the client: c", 401, renewal],
  ["renew-refresh-token", "RefreshTokenReuseException", "", 401, renewal],
  ["renew-refresh-token", "UserNotFoundException", "", 401, renewal],
  ["renew-refresh-token", "PasswordResetRequiredException", "", 401, renewal],
  ["renew-refresh-token", "UserLambdaValidationException", "", 401, renewal],
  ["renew-refresh-token", "InvalidParameterException", "Invalid refresh token", 401, renewal],
  ["renew-refresh-token", "InvalidParameterException", validation, 401, renewal],
  ["renew-refresh-token", "UserNotConfirmedException", "User is not confirmed.", 403, "User is not confirmed"],
  ["sign-up", "UsernameExistsException", "User already exists", 409, "Username is taken"],
  ["sign-up", "AliasExistsException", "", 409, "Email is taken"],
  ["sign-up", "InvalidParameterException", "Invalid email address format.", 400, "email must be an email address"],
  [
    "sign-up",
    "InvalidParameterException",
    "Username should be an email.",
    400,
    "username must be an email address, as all user names of this pool are",
  ],
  [
    "sign-up",
    "InvalidParameterException",
    "Username cannot be of email format, since user pool is configured for email alias.",
    400,
    notAnEmail,
  ],
  [
    "sign-up",
    "InvalidParameterException",
    "Attributes did not conform to the schema: x",
    400,
    "The user pool does not accept this username or email",
  ],
  ["sign-up", "NotAuthorizedException", "SignUp is not permitted for this user pool", 403, "Sign-up is not allowed"],
  ["sign-up", "UserLambdaValidationException", "PreSignUp failed", 400, "The user pool refused this request"],
  [
    "sign-up",
    "UserLambdaValidationException",
    "PreSignUp failed with error AccessDenied for key 1234.",
    400,
    "The user pool refused this request",
  ],
  [
    "sign-up",
    "UserLambdaValidationException",
    `PreSignUp failed with error ${new TriggerRejection("Only for employees").message}.`,
    400,
    "Only for employees",
  ],
  [
    "sign-up",
    "CodeDeliveryFailureException",
    "",
    502,
    "The account was created but the code could not be sent, ask for it again",
  ],
  ["logout", "InvalidParameterException", "", 400, token],
  ["logout", "InvalidParameterException", validation, 400, token],
  ["logout", "UnsupportedTokenTypeException", "", 400, token],
  ["logout", "UnauthorizedException", "", 400, token],
  ["test-user", "UserNotFoundException", "User does not exist.", 404, "There is no such user"],
];

test.each(table)("%s responds to %s (%s) with %i %s", async (name, type, message, status, text) => {
  captureLog();
  expect(await invokeRejected(name, type, message)).toMatchObject({ status, body: failed(text) });
});

test.each(["confirm-sign-up", "confirm-forgot-password"] as const)(
  "%s responds alike to a wrong code, to too many of them, and whatever the state of the user",
  async (name) => {
    const types = [
      "CodeMismatch",
      "ExpiredCode",
      "UserNotFound",
      "UserNotConfirmed",
      "NotAuthorized",
      "InvalidParameter",
      "AliasExists",
      "InvalidPassword",
      "PasswordHistoryPolicyViolation",
      "LimitExceeded",
      "TooManyFailedAttempts",
    ];
    const responses = await Promise.all(types.map((type) => invokeRejected(name, `${type}Exception`, "as it is")));
    expect(new Set(responses.map((response) => JSON.stringify(response))).size).toBe(1);
    expect(responses[0]).toMatchObject({ status: 400, body: failed(codes[name]) });
  },
);

/** Faults that the operator must see in the log: the response hides them. */
const unsent = ["CodeDeliveryFailure", "UserLambdaValidation", "UnexpectedLambda", "InvalidLambdaResponse"];

test.each(["forgot-password", "resend-code"] as const)(
  "%s responds alike whether or not the user exists",
  async (name) => {
    const types = [
      "UserNotFound",
      "UserNotConfirmed",
      "NotAuthorized",
      "InvalidParameter",
      "LimitExceeded",
      "TooManyFailedAttempts",
      ...unsent,
    ];
    const log = captureLog();
    for (const type of types) {
      expect(await invokeRejected(name, `${type}Exception`, "as it is")).toMatchObject({
        status: 200,
        body: succeeded({}),
      });
    }
    expect(log).toEqual(unsent.map((type) => expect.objectContaining({ type: `${type}Exception` })));
    expect(await invokeRejected(name, "InvalidParameterException", validation)).toMatchObject({
      status: 200,
      body: succeeded({}),
    });
  },
);

test.each(["Invalid Refresh Token", "Refresh Token has been revoked"])(
  "logout succeeds when there is nothing left to revoke: %s",
  async (message) => {
    expect(await invokeRejected("logout", "NotAuthorizedException", message)).toMatchObject({
      status: 200,
      body: succeeded({}),
    });
  },
);

test.each(["sign-up", "respond-to-challenge"] as const)(
  "%s passes on the rule that a password broke, and no other text",
  async (name) => {
    const rule = "Password did not conform with policy: Password not long enough";
    const quoting = "Password did not conform with policy: <Correct-Horse-1>";
    expect(await invokeRejected(name, "InvalidPasswordException", rule)).toMatchObject({
      status: 400,
      body: failed(rule),
    });
    const challenged = "Password does not conform to policy: Password must have uppercase characters";
    expect(await invokeRejected(name, "InvalidPasswordException", challenged)).toMatchObject({
      body: failed(challenged),
    });
    expect(await invokeRejected(name, "InvalidPasswordException", quoting)).toMatchObject({
      status: 400,
      body: failed("Password did not conform with policy"),
    });
  },
);

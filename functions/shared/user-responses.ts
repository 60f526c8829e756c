/**
 * What the user routes respond, for their rows in the route table alone: handlers do not import this, so that their bundles stay small, since
 * a cold start is part of each login. Tests compare what the handlers return with it.
 */
import * as v from "valibot";
import { noFields, renewByCookieBody } from "./schemas";

/** Of operations whose success is all there is to say. */
const noData = v.strictObject({});

const tokens = {
  id_token: v.string(),
  access_token: v.string(),
  expires_in: v.number(),
  token_type: v.string(),
};
/** With REFRESH_TOKEN_COOKIE the refresh token is in a cookie instead. */
const refreshToken = { refresh_token: v.optional(v.string()) };
const session = v.strictObject({ ...tokens, ...refreshToken, username: v.string() });
const challenge = v.strictObject({
  challenge_name: v.string(),
  session: v.nullable(v.string()),
  challenge_parameters: v.record(v.string(), v.string()),
  username: v.string(),
});
const sessionOrChallenge = v.union([session, challenge]);

/** When a function cannot get what it needs from Cognito. */
const userDirectory = {
  403: "The user directory rejects the request",
  502: "The user directory is not available",
  504: "The user directory does not respond in time",
} as const;
const signIn = {
  ...userDirectory,
  403: "The account must sign in in a way that this API does not support, or the origin is not allowed",
} as const;
const byCookie = { ...userDirectory, 403: "The origin is not allowed, or X-Requested-With is missing" } as const;
const ownAccount = { ...userDirectory, 401: "The access token is invalid, expired or revoked" } as const;
const noAuthenticatorApp = "The user pool has no second factor by authenticator app";

const password = "Correct-Horse-7-Battery";
const newPassword = "Another-Horse-8-Battery";
const code = "123456";
const access_token = "eyJra...";

export const userResponses = {
  signUp: {
    summary: "Creates an account and sends a code to confirm it",
    example: { username: "ada", password, email: "ada@example.com" },
    returns: v.strictObject({
      username: v.string(),
      user_sub: v.string(),
      user_confirmed: v.boolean(),
      code_sent_to: v.nullable(v.string()),
    }),
    errors: { ...userDirectory, 403: "Sign-up is not allowed", 409: "Username or email is taken" },
  },
  confirmSignUp: {
    summary: "Confirms an account with the code that sign-up sent",
    example: { username: "ada", code },
    returns: noData,
    errors: userDirectory,
  },
  resendCode: {
    summary: "Sends the code of a sign-up again",
    example: { username: "ada" },
    returns: noData,
    errors: userDirectory,
  },
  login: {
    summary: "Signs in: returns tokens, or the challenge that the user pool wants a response to",
    example: { username: "ada", password },
    returns: sessionOrChallenge,
    errors: { ...signIn, 401: "Wrong username or password, or the user is not confirmed" },
    refreshCookie: {},
  },
  respondToChallenge: {
    summary: "Responds to the challenge of a login: returns tokens, or the next challenge",
    example: {
      username: "ada",
      session: "AYABe...",
      challenge_name: "SOFTWARE_TOKEN_MFA",
      responses: { SOFTWARE_TOKEN_MFA_CODE: code },
    },
    returns: sessionOrChallenge,
    errors: { ...signIn, 401: "The session is invalid or expired", 409: noAuthenticatorApp },
    refreshCookie: {},
  },
  renew: {
    summary: "Returns new id and access tokens",
    example: { username: "ada", refresh_token: "eyJjd..." },
    returns: v.strictObject({ ...tokens, ...refreshToken }),
    errors: { ...byCookie, 401: "The refresh token is invalid, expired or revoked, or of another user" },
    refreshCookie: { body: renewByCookieBody },
  },
  forgotPassword: {
    summary: "Sends a code to set a new password with",
    example: { username: "ada" },
    returns: noData,
    errors: userDirectory,
  },
  confirmForgotPassword: {
    summary: "Sets a new password with the code that forgot-password sent",
    example: { username: "ada", code, password: newPassword },
    returns: noData,
    errors: userDirectory,
  },
  logout: {
    summary: "Revokes the refresh token; repeating it succeeds",
    example: { refresh_token: "eyJjd..." },
    returns: noData,
    errors: byCookie,
    refreshCookie: { body: noFields },
  },
  changePassword: {
    summary: "Changes the password of the caller",
    example: { previous_password: password, proposed_password: newPassword, access_token },
    returns: noData,
    errors: ownAccount,
  },
  signOutEverywhere: {
    summary: "Revokes all refresh tokens of the caller",
    example: { access_token },
    returns: noData,
    errors: ownAccount,
  },
  deleteUser: {
    summary: "Deletes the account of the caller",
    example: { access_token },
    returns: noData,
    errors: ownAccount,
  },
  startMfa: {
    summary: "Returns a secret for the authenticator app of the caller, or turns codes by mail on",
    example: { method: "app", access_token },
    returns: v.union([v.strictObject({ secret_code: v.string(), otpauth_url: v.string() }), noData]),
    errors: { ...ownAccount, 409: "The user pool has no second factor of this kind" },
  },
  confirmMfa: {
    summary: "Turns the second factor on with the first code of the app",
    example: { code, access_token },
    returns: noData,
    errors: { ...ownAccount, 409: `There is no secret to confirm; or: ${noAuthenticatorApp}` },
  },
  stopMfa: {
    summary: "Turns the second factor off",
    example: { access_token },
    returns: noData,
    errors: { ...ownAccount, 409: "The user pool requires a second factor" },
  },
  testUser: {
    summary: "Returns the attributes of the caller, or of another user to members of the group admin",
    example: { username: "ada" },
    returns: v.array(v.strictObject({ Name: v.string(), Value: v.string() })),
    errors: {
      ...userDirectory,
      403: "Only members of the group admin may read another user",
      404: "There is no such user",
    },
  },
  echo: {
    summary: "Returns the claims of the caller's token",
    returns: v.looseObject({ sub: v.string() }),
  },
} as const;

/**
 * The API as data. Gateway resources, methods, request models, permissions, CORS, the local API and the tests all come
 * from this table: adding an endpoint is one handler file in `functions/` and one row here.
 */
import type { Route } from "./constructs/api/route";
import {
  createNoteRequest,
  deleteNoteRequest,
  getNoteRequest,
  listNotesRequest,
  noteResponses,
  updateNoteRequest,
} from "./functions/shared/notes";
import {
  challengeBody,
  changePasswordBody,
  confirmForgotPasswordBody,
  confirmMfaBody,
  confirmSignUpBody,
  forgotPasswordBody,
  loginBody,
  logoutBody,
  ownAccountBody,
  renewRefreshTokenBody,
  resendCodeBody,
  signUpBody,
  startMfaBody,
  testUserBody,
} from "./functions/shared/schemas";
import { userResponses } from "./functions/shared/user-responses";

/** Every function that sends a secret hash reads the app client's secret from Cognito, and may do nothing else. */
const readsSecret = ["cognito-idp:DescribeUserPoolClient"] as const;

/** Where passwords and codes can be guessed, the stage's throttling is too generous. */
const guessable = { rateLimit: 5, burstLimit: 10 } as const;

/** Scope of the access tokens that Cognito issues to users who signed in with a password. Only used with TOKEN_USE=access. */
const scopes = ["aws.cognito.signin.user.admin"] as const;

const POST = "POST";
const GET = "GET";
const DELETE = "DELETE";

const rows = [
  {
    method: POST,
    path: "/user/sign-up",
    function: "sign-up",
    access: "public",
    reason: "creates the account that a token is issued for",
    body: signUpBody,
    ...userResponses.signUp,
    cognitoActions: readsSecret,
    throttle: guessable,
  },
  {
    method: POST,
    path: "/user/confirm-sign-up",
    function: "confirm-sign-up",
    access: "public",
    reason: "an unconfirmed user cannot have a token yet",
    body: confirmSignUpBody,
    ...userResponses.confirmSignUp,
    cognitoActions: readsSecret,
    throttle: guessable,
  },
  {
    method: POST,
    path: "/user/resend-code",
    function: "resend-code",
    access: "public",
    reason: "an unconfirmed user cannot have a token yet",
    body: resendCodeBody,
    ...userResponses.resendCode,
    cognitoActions: readsSecret,
    throttle: guessable,
  },
  {
    method: POST,
    path: "/user/login",
    function: "login",
    access: "public",
    reason: "issues the token",
    body: loginBody,
    ...userResponses.login,
    cognitoActions: readsSecret,
    throttle: guessable,
  },
  {
    method: POST,
    path: "/user/login/challenge",
    function: "respond-to-challenge",
    access: "public",
    reason: "issues the token once the challenge is answered",
    body: challengeBody,
    ...userResponses.respondToChallenge,
    cognitoActions: readsSecret,
    throttle: guessable,
  },
  {
    method: POST,
    path: "/user/renew_refresh_token",
    function: "renew-refresh-token",
    access: "public",
    reason: "the refresh token is the credential; the other tokens have expired by then",
    body: renewRefreshTokenBody,
    ...userResponses.renew,
    cognitoActions: readsSecret,
  },
  {
    method: POST,
    path: "/user/forgot-password",
    function: "forgot-password",
    access: "public",
    reason: "whoever forgot the password cannot sign in",
    body: forgotPasswordBody,
    ...userResponses.forgotPassword,
    cognitoActions: readsSecret,
    throttle: guessable,
  },
  {
    method: POST,
    path: "/user/confirm-forgot-password",
    function: "confirm-forgot-password",
    access: "public",
    reason: "whoever forgot the password cannot sign in; the mailed code is the credential",
    body: confirmForgotPasswordBody,
    ...userResponses.confirmForgotPassword,
    cognitoActions: readsSecret,
    throttle: guessable,
  },
  {
    method: POST,
    path: "/user/logout",
    function: "logout",
    access: "public",
    reason: "the refresh token is the credential, and signing out must work after the other tokens expired",
    body: logoutBody,
    ...userResponses.logout,
    cognitoActions: readsSecret,
  },
  {
    method: POST,
    path: "/user/change-password",
    function: "change-password",
    scopes,
    body: changePasswordBody,
    ...userResponses.changePassword,
    throttle: guessable,
  },
  {
    method: POST,
    path: "/user/sign-out-everywhere",
    function: "sign-out-everywhere",
    scopes,
    body: ownAccountBody,
    ...userResponses.signOutEverywhere,
  },
  { method: DELETE, path: "/user", function: "delete-user", scopes, body: ownAccountBody, ...userResponses.deleteUser },
  { method: POST, path: "/user/mfa", function: "start-mfa", scopes, body: startMfaBody, ...userResponses.startMfa },
  {
    method: POST,
    path: "/user/mfa/confirm",
    function: "confirm-mfa",
    scopes,
    body: confirmMfaBody,
    ...userResponses.confirmMfa,
    throttle: guessable,
  },
  { method: DELETE, path: "/user/mfa", function: "stop-mfa", scopes, body: ownAccountBody, ...userResponses.stopMfa },
  {
    method: POST,
    path: "/user/test-user",
    function: "test-user",
    scopes,
    body: testUserBody,
    ...userResponses.testUser,
    cognitoActions: ["cognito-idp:AdminGetUser"],
  },
  { method: GET, path: "/echo", function: "echo", scopes, ...userResponses.echo },
  { method: GET, path: "/hello", function: "echo", scopes, ...userResponses.echo },
  { method: GET, path: "/notes", function: "list-notes", scopes, ...listNotesRequest, ...noteResponses.list },
  { method: POST, path: "/notes", function: "create-note", scopes, ...createNoteRequest, ...noteResponses.create },
  { method: GET, path: "/notes/{id}", function: "get-note", scopes, ...getNoteRequest, ...noteResponses.get },
  {
    method: "PUT",
    path: "/notes/{id}",
    function: "update-note",
    scopes,
    ...updateNoteRequest,
    ...noteResponses.update,
  },
  {
    method: DELETE,
    path: "/notes/{id}",
    function: "delete-note",
    scopes,
    ...deleteNoteRequest,
    ...noteResponses.remove,
  },
] as const satisfies readonly Route[];

export const routes: readonly Route[] = rows;

/** The rows with their exact types: the typed client knows paths, bodies and responses from them. */
export type Rows = typeof rows;

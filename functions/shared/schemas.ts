/**
 * Schemas of the request bodies. Handlers parse with them, and the REST API's request models are generated from them (types
 * and bounds; missing fields are left to the handler, which can name them). Bounds are those of the Cognito API reference
 * for the operation that receives the field.
 */
import * as v from "valibot";

// A bundle leaves out the schemas that it does not use: build/esbuild.mjs marks valibot's calls as free of side effects. Helpers that
// make schemas are marked here.
/* @__NO_SIDE_EFFECTS__ */
const text = (maxLength: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(maxLength));
/* @__NO_SIDE_EFFECTS__ */
const body = <const E extends v.ObjectEntries>(entries: E) => v.strictObject(entries);
/* @__NO_SIDE_EFFECTS__ */
const keyOf = <K extends string>(record: Readonly<Record<K, unknown>>) => v.picklist(Object.keys(record) as K[]);
/* @__NO_SIDE_EFFECTS__ */
const texts = (maxLength: number) => v.record(v.string(), text(maxLength));

/** A rule for the handler alone, which can name the field: request models leave checks out. */
/* @__NO_SIDE_EFFECTS__ */
const without = (pattern: RegExp, rule: string) => v.check((value: string) => !pattern.test(value), rule);
/* @__NO_SIDE_EFFECTS__ */
const word = (maxLength: number) => v.pipe(text(maxLength), without(/\s/, "must not hold blanks"));

/** Cognito's `UsernameType`: 1 to 128 characters. */
const username = word(128);
/** Cognito's `PasswordType`: at most 256 characters. The pool's policy decides what a password must contain. */
const password = v.pipe(text(256), without(/^\s|\s$/, "must not begin or end with a blank"));
/** RFC 5321: at most 254 characters. Cognito decides whether it is an address. */
const email = text(254);
/** Cognito's `ConfirmationCodeType`. */
const code = word(2048);
/** Tokens are a few kilobytes; a body may be 16 kB. */
const token = text(8192);

/**
 * With TOKEN_USE=id, the access token that was issued with the id token: Cognito wants it for what users do with their own
 * account. With TOKEN_USE=access it is in the token header already.
 */
const accessToken = { access_token: v.optional(token) };

/** Challenges that a caller can respond to, with the keys of Cognito's `ChallengeResponses` that the caller must send. */
export const challengeKeys = {
  NEW_PASSWORD_REQUIRED: ["NEW_PASSWORD"],
  SOFTWARE_TOKEN_MFA: ["SOFTWARE_TOKEN_MFA_CODE"],
  SMS_MFA: ["SMS_MFA_CODE"],
  EMAIL_OTP: ["EMAIL_OTP_CODE"],
  SELECT_MFA_TYPE: ["ANSWER"],
  MFA_SETUP: ["SOFTWARE_TOKEN_MFA_CODE"],
} as const;

export type ChallengeName = keyof typeof challengeKeys;

/** Cognito checks the length of a password in a challenge nowhere, but a longer one could never log in. */
export const newPassword = body({ NEW_PASSWORD: password });

export const signUpBody = body({ username, password, email });
export const confirmSignUpBody = body({ username, code });
export const resendCodeBody = body({ username });
export const loginBody = body({ username, password });
export const challengeBody = body({
  username,
  session: text(2048),
  challenge_name: keyOf(challengeKeys),
  responses: texts(2048),
});
export const renewRefreshTokenBody = body({ username, refresh_token: token });
/** With REFRESH_TOKEN_COOKIE the cookie holds both; a user name in the body is not needed. */
export const renewByCookieBody = body({ username: v.optional(username) });
export const noFields = body({});
export const forgotPasswordBody = body({ username });
export const confirmForgotPasswordBody = body({ username, code, password });
export const logoutBody = body({ refresh_token: token });
export const testUserBody = body({ username });
export const changePasswordBody = body({ previous_password: password, proposed_password: password, ...accessToken });
/** Of requests that need nothing but the access token. */
export const ownAccountBody = body(accessToken);
/** How the second factor reaches its user: by an authenticator app, or by a code in a mail. */
export const startMfaBody = body({ method: v.optional(v.picklist(["app", "email"])), ...accessToken });
export const confirmMfaBody = body({
  code: v.pipe(
    v.string(),
    v.maxLength(2048),
    v.check((value) => /^\d{6}$/.test(value), "code must be six digits"),
  ),
  ...accessToken,
});

export type SignUpBody = v.InferOutput<typeof signUpBody>;
export type ConfirmSignUpBody = v.InferOutput<typeof confirmSignUpBody>;
export type ResendCodeBody = v.InferOutput<typeof resendCodeBody>;
export type LoginBody = v.InferOutput<typeof loginBody>;
export type ChallengeBody = v.InferOutput<typeof challengeBody>;
export type RenewRefreshTokenBody = v.InferOutput<typeof renewRefreshTokenBody>;
export type ForgotPasswordBody = v.InferOutput<typeof forgotPasswordBody>;
export type ConfirmForgotPasswordBody = v.InferOutput<typeof confirmForgotPasswordBody>;
export type LogoutBody = v.InferOutput<typeof logoutBody>;
export type ChangePasswordBody = v.InferOutput<typeof changePasswordBody>;
export type StartMfaBody = v.InferOutput<typeof startMfaBody>;
export type ConfirmMfaBody = v.InferOutput<typeof confirmMfaBody>;
export type TestUserBody = v.InferOutput<typeof testUserBody>;

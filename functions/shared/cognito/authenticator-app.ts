import { CognitoError } from "./cognito-error";
import type { ErrorResponses } from "./error-responses";

/** A secret for an authenticator app. Nobody else may see it: it makes the codes. */
export interface AppSecret {
  /** In base32, for apps that take it as text. */
  readonly secret_code: string;
  /** For a QR code. */
  readonly otpauth_url: string;
}

/**
 * @param username shown in the app beside the setting MFA_ISSUER, the name of the deployment
 * @throws {CognitoError} `InvalidResponse` without a secret
 */
export function appSecret(secret: string | undefined, username: string): AppSecret {
  if (!secret) throw new CognitoError("AssociateSoftwareToken", "InvalidResponse");
  const issuer = encodeURIComponent(process.env.MFA_ISSUER || "api");
  const url = `otpauth://totp/${issuer}:${encodeURIComponent(username)}?secret=${secret}&issuer=${issuer}`;
  return { secret_code: secret, otpauth_url: url };
}

const off = {
  status: 409,
  message: "The user pool has no second factor by authenticator app: see the setting MFA",
};
const invalidCode = { status: 400, message: "Invalid code" };

export const appErrors: ErrorResponses = {
  SoftwareTokenMFANotFoundException: off,
  MFAMethodNotFoundException: off,
  CodeMismatchException: invalidCode,
  EnableSoftwareTokenMFAException: invalidCode,
  ExpiredCodeException: { status: 400, message: "Expired or used code" },
};

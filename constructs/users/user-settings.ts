/** Settings of the users that AWS would reject together, at apply at the earliest. Free of cdktf: the settings are checked with it. */

/** `no-reply@example.com` or `Example <no-reply@example.com>`, ASCII only as Cognito takes it. */
export const senderPattern =
  /^([\x20-\x7e]*<[^\s@<>"]+@[a-z0-9-]+(\.[a-z0-9-]+)+>|[^\s@<>"]+@[a-z0-9-]+(\.[a-z0-9-]+)+)$/i;

export interface UserSettings {
  readonly userPoolId?: string | undefined;
  readonly corsOrigins?: readonly string[];
  readonly selfSignUp?: boolean;
  readonly mfa?: string;
  readonly mfaEmail?: string;
  readonly refreshTokenCookie?: string;
  readonly emailFrom?: string | undefined;
  readonly emailIdentity?: string | undefined;
  readonly threatProtection?: string;
}

/** @returns a line for each problem */
export function userProblems(settings: UserSettings): string[] {
  const { userPoolId, selfSignUp, mfa, mfaEmail, emailFrom, emailIdentity, threatProtection } = settings;
  const ofThePool = [
    ["SELF_SIGN_UP", "true", selfSignUp],
    ["MFA", "off", mfa],
    ["MFA_EMAIL", "off", mfaEmail],
    ["EMAIL_FROM", "left out", emailFrom ?? "left out"],
    ["THREAT_PROTECTION", "off", threatProtection],
  ] as const;
  const problems = ofThePool.flatMap(([name, expected, value]) =>
    userPoolId === undefined || value === undefined || String(value) === expected
      ? []
      : [
          `${name} must be ${expected} with COGNITO_USER_POOL_ID, got ${value}: an existing pool keeps its own settings`,
        ],
  );
  if (mfaEmail === "on" && mfa === "off") {
    problems.push("MFA must be optional or on with MFA_EMAIL=on, got off: a code in a mail is a second factor");
  }
  if (mfaEmail !== undefined && mfaEmail !== "off" && userPoolId === undefined && !emailFrom) {
    problems.push(
      `EMAIL_FROM must be set with MFA_EMAIL=${mfaEmail}, got none: Cognito sends codes of a sign-in by SES only`,
    );
  }
  if (settings.refreshTokenCookie !== undefined && settings.refreshTokenCookie !== "false") {
    if (settings.corsOrigins?.includes("*")) {
      problems.push(
        "CORS_ORIGINS must be exact origins with REFRESH_TOKEN_COOKIE, got *: browsers send no cookie for it, and any page could use it",
      );
    }
  }
  if (emailIdentity && !emailFrom) problems.push(`EMAIL_FROM must be set with EMAIL_IDENTITY, got none`);
  if (emailIdentity && emailFrom && !covers(emailIdentity, addressOf(emailFrom))) {
    problems.push(`EMAIL_IDENTITY must be the address or the domain of EMAIL_FROM, got ${emailIdentity}`);
  }
  return problems;
}

/** The address of a sender with or without a name. */
export const addressOf = (sender: string): string => /<(.*)>$/.exec(sender)?.[1] ?? sender;

/** SES verifies an address, a domain, or a domain above it. */
function covers(identity: string, address: string): boolean {
  const [wanted, given] = [identity.toLowerCase(), address.toLowerCase()];
  return wanted === given || given.endsWith(`@${wanted}`) || (!wanted.includes("@") && given.endsWith(`.${wanted}`));
}

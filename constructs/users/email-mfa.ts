/** A code in a mail as second factor: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-sms-email-message.html */
import type { UserPoolProps } from "./user-pool";

/**
 * `prepare` sets what Cognito requires of a pool with such codes: the tier and the ways of recovery. A pool that exists needs one apply
 * with it before `on`: the provider turns the codes on before it changes the rest, and Cognito rejects that (terraform-provider-aws#41049).
 */
export type EmailMfa = "off" | "prepare" | "on";

const byEmail = { name: "verified_email", priority: 1 };

/** @throws Error without a second factor at all, or without a sender, which Cognito would reject at apply */
export function emailMfa({ emailMfa: state = "off", mfa = "off", email }: UserPoolProps) {
  if (state === "off") return { recovery: [byEmail], configuration: {} };
  if (state === "on" && mfa === "off") throw new Error('mfa must be "optional" or "on" with emailMfa, got "off"');
  if (!email)
    throw new Error("email must be set with emailMfa, got none: Cognito sends codes of a sign-in by SES only");
  return {
    // Who gets codes of a sign-in by mail cannot recover the account by mail, so that Cognito wants a second way. Phones have none here:
    // an administrator sets such a user's password.
    recovery: [byEmail, { name: "verified_phone_number", priority: 2 }],
    configuration: {
      userPoolTier: "ESSENTIALS",
      // The provider ignores an empty block (terraform-provider-aws#43917).
      ...(state === "on" && {
        emailMfaConfiguration: { subject: "Your sign-in code", message: "Your sign-in code is {####}." },
      }),
    },
  };
}

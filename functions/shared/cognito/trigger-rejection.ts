const MARK = "Rejected: ";

/**
 * Thrown by a pre sign-up trigger, it closes the sign-up with a text for the caller. The text of any other error stays in the log: it may
 * hold what callers must not see.
 */
export class TriggerRejection extends Error {
  override readonly name = "TriggerRejection";

  /** @param text for the caller: "Only for employees" */
  constructor(text: string) {
    super(`${MARK}${text}`);
  }
}

/** @param message as Cognito reports it: `PreSignUp failed with error Rejected: Only for employees.` */
export function rejectionText(message: string): string | undefined {
  const [, text] = message.split(`PreSignUp failed with error ${MARK}`);
  return text?.replace(/\.$/, "").slice(0, 500);
}

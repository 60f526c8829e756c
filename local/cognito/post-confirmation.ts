import type { LocalUserPool } from "./local-user-pool";
import type { Context } from "./operation";
import type { User } from "./store";
import { triggerAttributes } from "./triggers";

/** Runs after the user is confirmed: an error of the trigger does not undo it. */
export async function postConfirmation(
  context: Context,
  pool: LocalUserPool,
  user: User,
  source: "ConfirmSignUp" | "ConfirmForgotPassword",
  clientId?: string,
  clientMetadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  await context.trigger(pool, "post_confirmation", {
    source,
    userName: user.username,
    clientId,
    request: { userAttributes: triggerAttributes(user), clientMetadata },
  });
}

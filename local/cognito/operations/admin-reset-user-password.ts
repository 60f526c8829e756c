import * as v from "valibot";
import { sendCode } from "../codes";
import { invalidParameter, notAuthorized } from "../errors";
import { operation } from "../operation";
import { poolUser, strings } from "../schema";
import { recoversByEmail, target } from "../users";

const request = v.object({ ...poolUser, ClientMetadata: strings });

/** The password stops working; the mailed code sets a new one by ConfirmForgotPassword. */
export const adminResetUserPassword = operation(request, async (input, context) => {
  const { pool, user } = target(context, input);
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status !== "CONFIRMED" && user.status !== "RESET_REQUIRED") {
    throw notAuthorized("User password cannot be reset in the current state.");
  }
  if (!recoversByEmail(user)) {
    throw invalidParameter(
      "Cannot reset password for the user as there is no registered/verified email or phone_number",
    );
  }
  Object.assign(user, { status: "RESET_REQUIRED", modifiedAt: context.now() });
  const recipient = { pool, user, clientId: undefined, source: "ForgotPassword", clientMetadata: input.ClientMetadata };
  await sendCode(context, recipient, "password reset");
  return {};
});

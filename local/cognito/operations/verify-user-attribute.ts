import * as v from "valibot";
import { useCode } from "../codes";
import { invalidParameter } from "../errors";
import { operation } from "../operation";
import { attributeName, confirmationCode, token } from "../schema";
import { signedIn } from "../tokens";
import { claimEmail } from "../users";

const request = v.object({ AccessToken: token, AttributeName: attributeName, Code: confirmationCode });

/** Verifies an address with the code that UpdateUserAttributes mailed to it. */
export const verifyUserAttribute = operation(request, async (input, context) => {
  const { pool, user } = await signedIn(context, input.AccessToken);
  if (input.AttributeName !== "email")
    throw invalidParameter("Only email and phone_number attributes can be verified.");
  useCode(user, "attribute verification", input.Code, context.now());
  claimEmail(pool, user, false);
  user.modifiedAt = context.now();
  return {};
});

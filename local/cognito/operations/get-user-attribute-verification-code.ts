import * as v from "valibot";
import { sendCode } from "../codes";
import { invalidParameter } from "../errors";
import { operation } from "../operation";
import { attributeName, strings, token } from "../schema";
import { signedIn } from "../tokens";

const request = v.object({ AccessToken: token, AttributeName: attributeName, ClientMetadata: strings });

/** Mails a code for VerifyUserAttribute. */
export const getUserAttributeVerificationCode = operation(request, async (input, context) => {
  const { pool, user } = await signedIn(context, input.AccessToken);
  if (input.AttributeName !== "email") {
    throw invalidParameter("Only email and phone_number attributes can be verified.");
  }
  const recipient = {
    pool,
    user,
    clientId: undefined,
    source: "VerifyUserAttribute",
    clientMetadata: input.ClientMetadata,
  };
  const CodeDeliveryDetails = await sendCode(context, recipient, "attribute verification");
  if (!CodeDeliveryDetails) throw invalidParameter("User does not have an email to verify.");
  return { CodeDeliveryDetails };
});

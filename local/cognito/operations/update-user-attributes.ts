import * as v from "valibot";
import { checkedAttributes, refuseVerifiedFlags, updateAttributes } from "../attributes";
import { sendCode } from "../codes";
import { operation } from "../operation";
import { attributes, strings, token } from "../schema";
import { signedIn } from "../tokens";

const request = v.object({ AccessToken: token, UserAttributes: attributes, ClientMetadata: strings });

/** A new address has to be verified with the code that is sent to it. */
export const updateUserAttributes = operation(request, async (input, context) => {
  const { pool, user } = await signedIn(context, input.AccessToken);
  const given = checkedAttributes(pool, input.UserAttributes);
  refuseVerifiedFlags(given);
  const moved = updateAttributes(pool, user, given, context.now());
  const sent = moved && pool.verifiesEmail ? sendCode(context, user, "attribute verification") : undefined;
  return { CodeDeliveryDetailsList: sent ? [sent] : [] };
});

import * as v from "valibot";
import { checkedAttributes, rejectVerifiedFlags, updateAttributes } from "../attributes";
import { sendCode } from "../codes";
import { operation } from "../operation";
import { strings, token, userAttributes } from "../schema";
import { signedIn } from "../tokens";

const request = v.object({ AccessToken: token, UserAttributes: userAttributes, ClientMetadata: strings });

/** Mails a code to a new address, which stays unverified until VerifyUserAttribute. */
export const updateUserAttributes = operation(request, async (input, context) => {
  const { pool, user } = await signedIn(context, input.AccessToken);
  const attributes = checkedAttributes(pool, input.UserAttributes);
  rejectVerifiedFlags(attributes);
  const moved = updateAttributes(pool, user, attributes, context.now());
  const sent =
    moved && pool.verifiesEmail
      ? await sendCode(
          context,
          { pool, user, clientId: undefined, source: "UpdateUserAttribute" },
          "attribute verification",
        )
      : undefined;
  return { CodeDeliveryDetailsList: sent ? [sent] : [] };
});

import * as v from "valibot";
import { checkedAttributes, updateAttributes } from "../attributes";
import { sendCode } from "../codes";
import { aliasExists, invalidParameter } from "../errors";
import { operation } from "../operation";
import { poolUser, userAttributes } from "../schema";
import { claimEmail, findByEmail, target } from "../users";

const request = v.object({ ...poolUser, UserAttributes: userAttributes });

/** An administrator may mark an address as verified; a new address is unverified otherwise. */
export const adminUpdateUserAttributes = operation(request, async (input, context) => {
  const { pool, user } = target(context, input);
  const attributes = checkedAttributes(pool, input.UserAttributes);
  const verified = attributes.email_verified === "true";
  const email = attributes.email ?? user.attributes.email;
  if (verified && !email) throw invalidParameter("Email is required to set email_verified as true.");
  const holder = verified ? findByEmail(pool, email ?? "") : undefined;
  if (holder && holder !== user) throw aliasExists();
  const moved = updateAttributes(pool, user, attributes, context.now());
  if (verified) claimEmail(pool, user, false);
  else if (moved && pool.verifiesEmail) {
    await sendCode(
      context,
      { pool, user, clientId: undefined, source: "UpdateUserAttribute" },
      "attribute verification",
    );
  }
  return {};
});

import * as v from "valibot";
import { checkedAttributes, updateAttributes } from "../attributes";
import { sendCode } from "../codes";
import { aliasExists, invalidParameter } from "../errors";
import { operation } from "../operation";
import { attributes, poolUser } from "../schema";
import { claimEmail, findByEmail, target } from "../users";

const request = v.object({ ...poolUser, UserAttributes: attributes });

/** An administrator may call an address verified; a new address is not, unless it is said to be. */
export const adminUpdateUserAttributes = operation(request, (input, context) => {
  const { pool, user } = target(context, input);
  const given = checkedAttributes(pool, input.UserAttributes);
  const verified = given.email_verified === "true";
  const email = given.email ?? user.attributes.email;
  if (verified && !email) throw invalidParameter("Email is required to set email_verified as true.");
  const holder = verified ? findByEmail(pool, email ?? "") : undefined;
  if (holder && holder !== user) throw aliasExists();
  const moved = updateAttributes(pool, user, given, context.now());
  if (verified) claimEmail(pool, user, false);
  else if (moved && pool.verifiesEmail) sendCode(context, user, "attribute verification");
  return {};
});

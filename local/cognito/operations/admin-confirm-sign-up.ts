import * as v from "valibot";
import { notAuthorized } from "../errors";
import { operation } from "../operation";
import { postConfirmation } from "../post-confirmation";
import { poolUser } from "../schema";
import { target } from "../users";

/** Confirms the account without a code; the address stays unverified. */
export const adminConfirmSignUp = operation(v.object(poolUser), async (input, context) => {
  const { pool, user } = target(context, input);
  if (user.status !== "UNCONFIRMED") throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  Object.assign(user, { status: "CONFIRMED", modifiedAt: context.now() });
  await postConfirmation(context, pool, user, "ConfirmSignUp");
  return {};
});

import * as v from "valibot";
import { signOutEverywhere } from "../logins";
import { operation } from "../operation";
import { poolUser } from "../schema";
import { target } from "../users";

/** Ends the user's sign-ins too. */
export const adminDisableUser = operation(v.object(poolUser), (input, context) => {
  const { pool, user } = target(context, input);
  Object.assign(user, { enabled: false, modifiedAt: context.now() });
  signOutEverywhere(pool, user);
  return {};
});

import * as v from "valibot";
import { signOutEverywhere } from "../logins";
import { operation } from "../operation";
import { token } from "../schema";
import { signedIn } from "../tokens";

export const globalSignOut = operation(v.object({ AccessToken: token }), async ({ AccessToken }, context) => {
  const { pool, user } = await signedIn(context, AccessToken);
  signOutEverywhere(pool, user);
  return {};
});

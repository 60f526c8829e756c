import * as v from "valibot";
import { operation } from "../operation";
import { token } from "../schema";
import { signedIn } from "../tokens";
import { removeUser } from "../users";

export const deleteUser = operation(v.object({ AccessToken: token }), async ({ AccessToken }, context) => {
  const { pool, user } = await signedIn(context, AccessToken);
  removeUser(pool, user);
  return undefined;
});

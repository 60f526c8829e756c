import * as v from "valibot";
import { operation } from "../operation";
import { checkPolicy, setPassword, verifyPassword } from "../password";
import { password, token } from "../schema";
import { signedIn } from "../tokens";

const request = v.object({ AccessToken: token, PreviousPassword: password, ProposedPassword: password });

/** Keeps the user's other sign-ins. */
export const changePassword = operation(request, async (input, context) => {
  const { pool, user } = await signedIn(context, input.AccessToken);
  const now = context.now();
  verifyPassword(user, input.PreviousPassword, now);
  checkPolicy(pool.passwordPolicy, input.ProposedPassword);
  setPassword(pool, user, input.ProposedPassword);
  user.modifiedAt = now;
  return {};
});

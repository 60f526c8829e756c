import * as v from "valibot";
import { noFailures } from "../lockout";
import { operation } from "../operation";
import { checkPolicy, setPassword, setTemporaryPassword } from "../password";
import { flag, password, poolUser } from "../schema";
import { target } from "../users";

const request = v.object({ ...poolUser, Password: password, Permanent: flag });

/** A permanent password confirms the user; any other must be changed at the next sign-in. */
export const adminSetUserPassword = operation(request, (input, context) => {
  const { pool, user } = target(context, input);
  const now = context.now();
  checkPolicy(pool.passwordPolicy, input.Password);
  if (input.Permanent) setPassword(pool, user, input.Password);
  else setTemporaryPassword(pool, user, input.Password, now);
  user.status = input.Permanent ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD";
  user.failures = noFailures;
  user.modifiedAt = now;
  return {};
});

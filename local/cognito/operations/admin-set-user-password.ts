import * as v from "valibot";
import { operation } from "../operation";
import { checkPolicy, passwordOf, temporaryPasswordOf } from "../password";
import { flag, password, poolUser } from "../schema";
import { target } from "../users";

const request = v.object({ ...poolUser, Password: password, Permanent: flag });

/** A permanent password confirms the user; any other must be changed at the next sign-in. */
export const adminSetUserPassword = operation(request, (input, context) => {
  const { pool, user } = target(context, input);
  const now = context.now();
  checkPolicy(pool.passwordPolicy, input.Password);
  user.password = input.Permanent ? passwordOf(input.Password) : temporaryPasswordOf(pool, input.Password, now);
  user.status = input.Permanent ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD";
  user.failures = { count: 0, at: 0 };
  user.modifiedAt = now;
  return {};
});

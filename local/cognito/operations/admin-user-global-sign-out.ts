import * as v from "valibot";
import { signOutEverywhere } from "../logins";
import { operation } from "../operation";
import { poolUser } from "../schema";
import { target } from "../users";

export const adminUserGlobalSignOut = operation(v.object(poolUser), (input, context) => {
  const { pool, user } = target(context, input);
  signOutEverywhere(pool, user);
  return {};
});

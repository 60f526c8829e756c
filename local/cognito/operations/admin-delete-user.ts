import * as v from "valibot";
import { operation } from "../operation";
import { poolUser } from "../schema";
import { removeUser, target } from "../users";

export const adminDeleteUser = operation(v.object(poolUser), (input, context) => {
  const { pool, user } = target(context, input);
  removeUser(pool, user);
  return undefined;
});

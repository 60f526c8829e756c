import * as v from "valibot";
import { operation } from "../operation";
import { poolUser } from "../schema";
import { target } from "../users";

export const adminEnableUser = operation(v.object(poolUser), (input, context) => {
  const { user } = target(context, input);
  Object.assign(user, { enabled: true, modifiedAt: context.now() });
  return {};
});

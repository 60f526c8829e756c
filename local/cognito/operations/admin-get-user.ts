import * as v from "valibot";
import { attributeList } from "../attributes";
import { operation } from "../operation";
import { poolUser } from "../schema";
import { target, userMfa, userSummary } from "../users";

export const adminGetUser = operation(v.object(poolUser), (input, context) => {
  const { user } = target(context, input);
  return { ...userSummary(user), UserAttributes: attributeList(user), ...userMfa(user) };
});

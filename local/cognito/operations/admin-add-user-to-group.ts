import * as v from "valibot";
import { requireGroup } from "../groups";
import { operation } from "../operation";
import { groupName, poolUser } from "../schema";
import { target } from "../users";

export const groupMember = v.object({ ...poolUser, GroupName: groupName });

/** Joining a group twice is no error. */
export const adminAddUserToGroup = operation(groupMember, (input, context) => {
  const { pool, user } = target(context, input);
  requireGroup(pool, input.GroupName);
  user.groups = [...new Set([...user.groups, input.GroupName])];
  return undefined;
});

import { requireGroup } from "../groups";
import { operation } from "../operation";
import { target } from "../users";
import { groupMember } from "./admin-add-user-to-group";

/** Leaving a group that the user is not in is no error. */
export const adminRemoveUserFromGroup = operation(groupMember, (input, context) => {
  const { pool, user } = target(context, input);
  requireGroup(pool, input.GroupName);
  user.groups = user.groups.filter((name) => name !== input.GroupName);
  return undefined;
});

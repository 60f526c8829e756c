import * as v from "valibot";
import { resourceNotFound } from "../errors";
import type { LocalUserPool } from "../local-user-pool";
import { operation } from "../operation";
import { groupName, poolUser } from "../schema";
import { target } from "../users";

export const groupMember = v.object({ ...poolUser, GroupName: groupName });

/** @throws ResourceNotFoundException */
export function requireGroup(pool: LocalUserPool, name: string): void {
  if (!pool.groups.some((group) => group.name === name)) throw resourceNotFound("Group not found.");
}

/** Joining a group twice is no error. */
export const adminAddUserToGroup = operation(groupMember, (input, context) => {
  const { pool, user } = target(context, input);
  requireGroup(pool, input.GroupName);
  user.groups = [...new Set([...user.groups, input.GroupName])];
  return undefined;
});

import { resourceNotFound } from "./errors";
import type { Group, LocalUserPool } from "./local-user-pool";

/** Groups of the JSON and those of CreateGroup, in order of precedence. */
export const groupsOf = ({ groups, state }: LocalUserPool): Group[] =>
  [...groups, ...Object.values(state.groups ?? {})].sort((a, b) => precedence(a) - precedence(b));

const precedence = (group: Group) => group.precedence ?? Number.MAX_SAFE_INTEGER;

/** @throws ResourceNotFoundException */
export function requireGroup(pool: LocalUserPool, name: string): Group {
  const group = groupsOf(pool).find((one) => one.name === name);
  if (!group) throw resourceNotFound("Group not found.");
  return group;
}

/** The members that describe a group in AWS's responses. */
export const groupSummary = (pool: LocalUserPool, group: Group) => ({
  GroupName: group.name,
  UserPoolId: pool.id,
  Description: group.description ?? undefined,
  RoleArn: group.role_arn ?? undefined,
  Precedence: group.precedence ?? undefined,
});

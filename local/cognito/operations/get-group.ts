import * as v from "valibot";
import { groupSummary, requireGroup } from "../groups";
import { operation } from "../operation";
import { groupName, userPoolId } from "../schema";

export const poolGroup = { UserPoolId: userPoolId, GroupName: groupName };

export const getGroup = operation(v.object(poolGroup), (input, context) => {
  const pool = context.pool(input.UserPoolId);
  return { Group: groupSummary(pool, requireGroup(pool, input.GroupName)) };
});

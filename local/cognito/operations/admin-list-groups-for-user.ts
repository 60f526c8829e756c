import * as v from "valibot";
import { groupSummary, groupsOf } from "../groups";
import { operation } from "../operation";
import { page } from "../page";
import { count, pageToken, poolUser } from "../schema";
import { target } from "../users";

const request = v.object({ ...poolUser, Limit: v.nullish(count(0, 60)), NextToken: v.nullish(pageToken) });

export const adminListGroupsForUser = operation(request, (input, context) => {
  const { pool, user } = target(context, input);
  const groups = groupsOf(pool)
    .filter(({ name }) => user.groups.includes(name))
    .map((group) => groupSummary(pool, group));
  const { items, next } = page(groups, input.Limit, input.NextToken);
  return { Groups: items, NextToken: next };
});

import * as v from "valibot";
import { groupSummary, groupsOf } from "../groups";
import { operation } from "../operation";
import { page } from "../page";
import { count, pageToken, userPoolId } from "../schema";

const request = v.object({ UserPoolId: userPoolId, Limit: v.nullish(count(0, 60)), NextToken: v.nullish(pageToken) });

export const listGroups = operation(request, (input, context) => {
  const pool = context.pool(input.UserPoolId);
  const { items, next } = page(groupsOf(pool), input.Limit, input.NextToken);
  return { Groups: items.map((group) => groupSummary(pool, group)), NextToken: next };
});

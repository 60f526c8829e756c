import * as v from "valibot";
import { attributeList } from "../attributes";
import { requireGroup } from "../groups";
import { operation } from "../operation";
import { page } from "../page";
import { count, pageToken } from "../schema";
import { userSummary } from "../users";
import { poolGroup } from "./get-group";

const request = v.object({ ...poolGroup, Limit: v.nullish(count(0, 60)), NextToken: v.nullish(pageToken) });

export const listUsersInGroup = operation(request, (input, context) => {
  const pool = context.pool(input.UserPoolId);
  const { name } = requireGroup(pool, input.GroupName);
  const members = Object.values(pool.state.users).filter(({ groups }) => groups.includes(name));
  const { items, next } = page(members, input.Limit, input.NextToken);
  return { Users: items.map((user) => ({ ...userSummary(user), Attributes: attributeList(user) })), NextToken: next };
});

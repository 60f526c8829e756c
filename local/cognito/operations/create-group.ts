import * as v from "valibot";
import { CognitoException } from "../errors";
import { groupSummary, groupsOf } from "../groups";
import { operation } from "../operation";
import { count } from "../schema";
import { poolGroup } from "./get-group";

const request = v.object({
  ...poolGroup,
  Description: v.nullish(v.pipe(v.string(), v.maxLength(2048, "Member must have length less than or equal to 2048"))),
  RoleArn: v.nullish(v.string()),
  Precedence: v.nullish(count(0, 2 ** 31 - 1)),
});

/** A group beside those of the JSON; it stays as long as the users do. */
export const createGroup = operation(request, (input, context) => {
  const pool = context.pool(input.UserPoolId);
  const name = input.GroupName;
  if (groupsOf(pool).some((group) => group.name === name)) {
    throw new CognitoException("GroupExistsException", "A group with the name already exists.");
  }
  const group = {
    name,
    user_pool_id: pool.id,
    description: input.Description,
    precedence: input.Precedence,
    role_arn: input.RoleArn,
  };
  pool.state.groups = { ...pool.state.groups, [name]: group };
  return { Group: groupSummary(pool, group) };
});

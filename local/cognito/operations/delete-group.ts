import * as v from "valibot";
import { invalidParameter } from "../errors";
import { requireGroup } from "../groups";
import { operation } from "../operation";
import { poolGroup } from "./get-group";

/** Only a group of CreateGroup: the JSON would bring any other back. */
export const deleteGroup = operation(v.object(poolGroup), (input, context) => {
  const pool = context.pool(input.UserPoolId);
  const { name } = requireGroup(pool, input.GroupName);
  if (pool.groups.some((group) => group.name === name)) {
    throw invalidParameter(`${name} is a group of the synthesized JSON: remove it there`);
  }
  delete pool.state.groups?.[name];
  for (const user of Object.values(pool.state.users)) user.groups = user.groups.filter((group) => group !== name);
  return undefined;
});

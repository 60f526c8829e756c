import * as v from "valibot";
import { attributeList } from "../attributes";
import { invalidParameter } from "../errors";
import { operation } from "../operation";
import { page } from "../page";
import { attributeName, count, pageToken, userPoolId } from "../schema";
import type { User } from "../store";
import { userSummary } from "../users";

const request = v.object({
  UserPoolId: userPoolId,
  AttributesToGet: v.nullish(v.array(attributeName)),
  Filter: v.nullish(v.pipe(v.string(), v.maxLength(256, "Member must have length less than or equal to 256"))),
  Limit: v.nullish(count(0, 60)),
  PaginationToken: v.nullish(pageToken),
});

export const listUsers = operation(request, (input, context) => {
  const pool = context.pool(input.UserPoolId);
  const unknown = input.AttributesToGet?.some((name) => !pool.attributes.some((one) => one.name === name));
  if (unknown) throw invalidParameter("One or more requested attributes do not exist.");
  const users = Object.values(pool.state.users).filter(filterOf(input.Filter ?? ""));
  const { items, next } = page(users, input.Limit, input.PaginationToken);
  const wanted = (name: string) => input.AttributesToGet?.includes(name) ?? true;
  const Users = items.map((user) => ({
    ...userSummary(user),
    Attributes: attributeList(user).filter(({ Name }) => wanted(Name)),
  }));
  return { Users, PaginationToken: next };
});

const searchable =
  "username email phone_number name given_name family_name preferred_username sub cognito:user_status status".split(
    " ",
  );

/**
 * `name = "value"` or `name ^= "start of value"`; Cognito has no other filters.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-manage-user-accounts.html
 */
function filterOf(filter: string): (user: User) => boolean {
  if (filter.trim() === "") return () => true;
  const [, name = "", operator, quoted = ""] = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(filter) ?? [];
  if (!operator) throw invalidParameter("Error while parsing filter.");
  if (!searchable.includes(name)) throw invalidParameter(`User search is not supported on attribute ${name}.`);
  const wanted = quoted.replace(/\\(.)/g, "$1");
  return (user) => {
    const value = searchValue(user, name);
    return value !== undefined && (operator === "=" ? value === wanted : value.startsWith(wanted));
  };
}

function searchValue(user: User, name: string): string | undefined {
  if (name === "username" || name === "sub") return user[name];
  if (name === "cognito:user_status") return user.status;
  return name === "status" ? (user.enabled ? "Enabled" : "Disabled") : user.attributes[name];
}

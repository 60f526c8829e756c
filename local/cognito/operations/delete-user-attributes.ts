import * as v from "valibot";
import { updateAttributes } from "../attributes";
import { invalidParameter } from "../errors";
import type { LocalUserPool } from "../local-user-pool";
import { operation } from "../operation";
import { attributeName, poolUser, token } from "../schema";
import type { User } from "../store";
import { signedIn } from "../tokens";
import { target } from "../users";

const UserAttributeNames = v.array(attributeName);

export const deleteUserAttributes = operation(
  v.object({ AccessToken: token, UserAttributeNames }),
  async (input, context) => {
    const { pool, user } = await signedIn(context, input.AccessToken);
    return remove(pool, user, input.UserAttributeNames, context.now());
  },
);

export const adminDeleteUserAttributes = operation(v.object({ ...poolUser, UserAttributeNames }), (input, context) => {
  const { pool, user } = target(context, input);
  return remove(pool, user, input.UserAttributeNames, context.now());
});

/** The flag of an address goes with it. */
function remove(pool: LocalUserPool, user: User, names: readonly string[], now: number): object {
  const unknown = names.find((name) => name === "sub" || !pool.attributes.some((one) => one.name === name));
  if (unknown) throw invalidParameter(`Cannot delete the attribute ${unknown}`);
  const all = names.flatMap((name) => (/^(email|phone_number)$/.test(name) ? [name, `${name}_verified`] : [name]));
  const changes = Object.fromEntries(all.map((name) => [name, ""]));
  updateAttributes(pool, user, changes, now);
  return {};
}

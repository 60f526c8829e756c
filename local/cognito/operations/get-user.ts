import * as v from "valibot";
import { attributeList } from "../attributes";
import { operation } from "../operation";
import { token } from "../schema";
import { signedIn } from "../tokens";
import { userMfa } from "../users";

export const getUser = operation(v.object({ AccessToken: token }), async ({ AccessToken }, context) => {
  const { user } = await signedIn(context, AccessToken);
  return { Username: user.username, UserAttributes: attributeList(user), ...userMfa(user) };
});

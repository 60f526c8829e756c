import * as v from "valibot";
import { CognitoException } from "../errors";
import type { LocalUserPool } from "../local-user-pool";
import { type Context, operation } from "../operation";
import { random } from "../random";
import { session, token } from "../schema";
import { findSetup, type Setup } from "../sign-in/mfa-setup";
import { signedIn } from "../tokens";

const request = v.object({ AccessToken: v.nullish(token), Session: v.nullish(session) });

/** Gives the user a secret for an authenticator app. It takes effect once VerifySoftwareToken has seen a code of it. */
export const associateSoftwareToken = operation(request, async (input, context) => {
  const { user, pool, next } = await appOwner(input, context);
  if (!pool.mfa.methods.includes("SOFTWARE_TOKEN_MFA")) {
    throw new CognitoException(
      "SoftwareTokenMFANotFoundException",
      "Software Token MFA has not been enabled by the userPool",
    );
  }
  user.pendingTotp = random.base32(32);
  return { SecretCode: user.pendingTotp, Session: next?.() };
});

/** Whose app it is: a user who is signed in, or one who must set up a second factor to sign in. */
export async function appOwner(
  input: { AccessToken?: string | null | undefined; Session?: string | null | undefined },
  context: Context,
): Promise<{ pool: LocalUserPool } & Pick<Setup, "user"> & Partial<Setup>> {
  return input.AccessToken ? signedIn(context, input.AccessToken) : findSetup(context, input.Session);
}

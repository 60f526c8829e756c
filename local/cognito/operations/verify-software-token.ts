import * as v from "valibot";
import { CognitoException, invalidParameter, notAuthorized } from "../errors";
import { afterAttempt, isLockedOut, noFailures } from "../lockout";
import { operation } from "../operation";
import { session, token, totpCode } from "../schema";
import { totpOf } from "../sign-in/software-token";
import { stepOf } from "../totp";
import { appOwner } from "./associate-software-token";

const request = v.object({
  AccessToken: v.nullish(token),
  Session: v.nullish(session),
  UserCode: totpCode,
  FriendlyDeviceName: v.nullish(v.string()),
});

/** Accepts the app of AssociateSoftwareToken with its first code, which is used up by that. */
export const verifySoftwareToken = operation(request, async (input, context) => {
  const { user, next } = await appOwner(input, context);
  const now = context.now();
  const { pendingTotp } = user;
  if (!pendingTotp) throw invalidParameter("Software token MFA has not been associated for the user.");
  if (isLockedOut(user.setupFailures ?? noFailures, now)) throw notAuthorized("Too many wrong codes");
  const step = stepOf(pendingTotp, input.UserCode, now);
  user.setupFailures = afterAttempt(user.setupFailures ?? noFailures, step !== undefined, now);
  if (step === undefined) {
    throw new CognitoException("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA");
  }
  user.totp = totpOf(pendingTotp, step, input.FriendlyDeviceName ?? undefined);
  delete user.pendingTotp;
  return { Status: "SUCCESS", Session: next?.({ verified: true }) };
});

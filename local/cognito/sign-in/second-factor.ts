/** The second factor: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html */
import { sendCode } from "../codes";
import { invalidParameter } from "../errors";
import type { Client } from "../local-user-pool";
import { signIn } from "../logins";
import type { Context } from "../operation";
import type { MfaMethod, User } from "../store";
import { challenge } from "./challenge";

/**
 * Asks for the user's second factor, or signs in if there is none to ask for.
 * @param source of the pre token generation trigger
 */
export async function secondFactor(context: Context, client: Client, user: User, source?: string) {
  const { pool } = client;
  const methods = methodsOf(client, user);
  const [only] = methods;
  if (only === undefined) {
    if (!pool.mfa.required) return signIn(context, client, user, source);
    return challenge(client, user, "MFA_SETUP", context.now(), { MFAS_CAN_SETUP: JSON.stringify(pool.mfa.methods) });
  }
  const preferred = user.mfa?.preferred;
  if (preferred && methods.includes(preferred)) return factorChallenge(context, client, user, preferred);
  if (methods.length === 1) return factorChallenge(context, client, user, only);
  return challenge(client, user, "SELECT_MFA_TYPE", context.now(), { MFAS_CAN_CHOOSE: JSON.stringify(methods) });
}

/** The methods that the user can be asked for: turned on, or whatever is set up where the pool requires one. */
function methodsOf({ pool }: Client, user: User): MfaMethod[] {
  const setUp: Readonly<Record<MfaMethod, boolean>> = {
    SOFTWARE_TOKEN_MFA: user.totp !== undefined,
    EMAIL_OTP: Boolean(user.attributes.email),
  };
  const ready = pool.mfa.methods.filter((method) => setUp[method]);
  const chosen = ready.filter((method) => user.mfa?.methods.includes(method));
  return chosen.length === 0 && pool.mfa.required ? ready : chosen;
}

/** @throws InvalidParameterException for a method that the user cannot be asked for */
export async function selectFactor(context: Context, client: Client, user: User, answer: string) {
  const method = methodsOf(client, user).find((one) => one === answer);
  if (!method) throw invalidParameter("Invalid selection for MFA type.");
  return factorChallenge(context, client, user, method);
}

async function factorChallenge(context: Context, client: Client, user: User, method: MfaMethod) {
  const now = context.now();
  if (method === "SOFTWARE_TOKEN_MFA") {
    const name = user.totp?.name;
    return challenge(client, user, method, now, name === undefined ? {} : { FRIENDLY_DEVICE_NAME: name });
  }
  const recipient = { pool: client.pool, user, clientId: client.id, source: "Authentication" };
  const sent = await sendCode(context, recipient, "sign-in");
  return challenge(client, user, method, now, {
    CODE_DELIVERY_DELIVERY_MEDIUM: "EMAIL",
    CODE_DELIVERY_DESTINATION: sent?.Destination ?? "",
  });
}

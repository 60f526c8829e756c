import * as v from "valibot";
import { invalidParameter } from "../errors";
import type { LocalUserPool } from "../local-user-pool";
import { operation } from "../operation";
import { flag, poolUser, token } from "../schema";
import type { MfaMethod, User } from "../store";
import { signedIn } from "../tokens";
import { target } from "../users";

const settings = v.nullish(v.object({ Enabled: flag, PreferredMfa: flag }));
const preferences = {
  SMSMfaSettings: settings,
  SoftwareTokenMfaSettings: settings,
  EmailMfaSettings: settings,
};
type Settings = v.InferOutput<typeof settings>;

export const setUserMfaPreference = operation(
  v.object({ ...preferences, AccessToken: token }),
  async (input, context) => {
    const { pool, user } = await signedIn(context, input.AccessToken);
    return prefer(pool, user, input);
  },
);

export const adminSetUserMfaPreference = operation(v.object({ ...preferences, ...poolUser }), (input, context) => {
  const { pool, user } = target(context, input);
  return prefer(pool, user, input);
});

/** Settings that are left out stay as they are. */
function prefer(pool: LocalUserPool, user: User, input: { [Name in keyof typeof preferences]?: Settings }): object {
  if (input.SMSMfaSettings?.Enabled)
    throw invalidParameter("User does not have delivery config set to turn on SMS_MFA");
  const wanted: [MfaMethod, Settings][] = [
    ["SOFTWARE_TOKEN_MFA", input.SoftwareTokenMfaSettings],
    ["EMAIL_OTP", input.EmailMfaSettings],
  ];
  const methods = new Set(user.mfa?.methods);
  let preferred = user.mfa?.preferred;
  for (const [method, setting] of wanted) {
    if (!setting) continue;
    if (setting.Enabled) requireSetUp(pool, user, method);
    if (setting.PreferredMfa && !setting.Enabled) {
      throw invalidParameter(`${method} must be enabled to be the preferred MFA`);
    }
    if (setting.Enabled) methods.add(method);
    else methods.delete(method);
    if (setting.PreferredMfa) preferred = method;
    else if (preferred === method) preferred = undefined;
  }
  if (wanted.filter(([, setting]) => setting?.PreferredMfa).length > 1) {
    throw invalidParameter("Only one MFA method can be preferred");
  }
  user.mfa = { methods: [...methods], ...(preferred && { preferred }) };
  return {};
}

function requireSetUp(pool: LocalUserPool, user: User, method: MfaMethod): void {
  if (!pool.mfa.methods.includes(method)) throw invalidParameter(`User pool does not have ${method} enabled`);
  if (method === "SOFTWARE_TOKEN_MFA" && !user.totp) throw invalidParameter("User has not verified software token mfa");
  if (method === "EMAIL_OTP" && !user.attributes.email) {
    throw invalidParameter("User does not have delivery config set to turn on EMAIL_OTP");
  }
}

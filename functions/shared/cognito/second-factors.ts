import type { CallOperation } from "./client";

export type Factor = "SOFTWARE_TOKEN_MFA" | "EMAIL_OTP";

const settings = { SOFTWARE_TOKEN_MFA: "SoftwareTokenMfaSettings", EMAIL_OTP: "EmailMfaSettings" } as const;

async function factorsOf(call: CallOperation, token: string): Promise<string[]> {
  return (await call("GetUser", { AccessToken: token })).UserMFASettingList ?? [];
}

const prefer = (call: CallOperation, token: string, factors: readonly Factor[], choice: object) =>
  call("SetUserMFAPreference", {
    AccessToken: token,
    ...Object.fromEntries(factors.map((factor) => [settings[factor], choice])),
  });

/** Turns one factor on, beside others. Only a single one is preferred: of several, Cognito then lets the user choose (SELECT_MFA_TYPE). */
export async function addFactor(call: CallOperation, token: string, factor: Factor): Promise<void> {
  const others = await factorsOf(call, token);
  const factors = known.filter((one) => one === factor || others.includes(one));
  const single = others.every((one) => one === factor);
  await prefer(call, token, factors, { Enabled: true, PreferredMfa: single });
}

/** Turns off the factors that this API can turn on. */
export async function removeFactors(call: CallOperation, token: string): Promise<void> {
  const own = await factorsOf(call, token);
  // A setting of a method that the pool does not have may be an error, so that only what is on is named.
  const factors = known.filter((one) => one === "SOFTWARE_TOKEN_MFA" || own.includes(one));
  await prefer(call, token, factors, { Enabled: false, PreferredMfa: false });
}

const known = Object.keys(settings) as Factor[];

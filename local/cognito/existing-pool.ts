import { existingPoolDefaults, type PoolAttributes } from "./pool";

/**
 * What a pool that the JSON only names is taken for, by the setting COGNITO_SIGN_IN. Either way the pool mails a code to a
 * new user's address, and compares names without case, as pools from the console do.
 */
export const existingPools: Readonly<Record<"username" | "email" | "username-or-email", PoolAttributes>> = {
  "username-or-email": existingPoolDefaults,
  username: { ...existingPoolDefaults, alias_attributes: [] },
  email: { ...existingPoolDefaults, alias_attributes: [], username_attributes: ["email"] },
};

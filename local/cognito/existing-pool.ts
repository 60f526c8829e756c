import { existingPoolDefaults, type PoolAttributes } from "./local-user-pool";

/**
 * Attributes of a pool that the JSON only references, by the setting COGNITO_SIGN_IN. Each verifies e-mail addresses and
 * ignores case in user names, as pools created in the console do.
 */
export const existingPools: Readonly<Record<"username" | "email" | "username-or-email", PoolAttributes>> = {
  "username-or-email": existingPoolDefaults,
  username: { ...existingPoolDefaults, alias_attributes: [] },
  email: { ...existingPoolDefaults, alias_attributes: [], username_attributes: ["email"] },
};

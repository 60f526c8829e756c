import { checkedAttributes } from "./attributes";
import { CognitoException, wrongCredentials } from "./errors";
import type { Client } from "./local-user-pool";
import type { Context } from "./operation";
import { setPassword } from "./password";
import type { User } from "./store";
import { addUser } from "./users";

/**
 * Asks the user migration trigger for a user who does not exist, and creates the one that it returns.
 * @returns undefined if the pool has no such trigger
 */
export async function migrateUser(
  context: Context,
  client: Client,
  source: "Authentication" | "ForgotPassword",
  username: string,
  password: string | undefined,
  metadata: Readonly<Record<string, string>>,
): Promise<User | undefined> {
  const { pool } = client;
  try {
    const response = await context.trigger(pool, "user_migration", {
      source,
      userName: username,
      clientId: client.id,
      request: { ...(password !== undefined && { password }), validationData: metadata, clientMetadata: metadata },
      response: { userAttributes: null, finalUserStatus: null, messageAction: null, forceAliasCreation: null },
    });
    if (!response) return undefined;
    const { username: name = username, ...attributes } = response.userAttributes;
    const list = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
    const confirmed = response.finalUserStatus === "CONFIRMED" && password !== undefined;
    const user = addUser(pool, context.now(), {
      username: name,
      status: confirmed ? "CONFIRMED" : "RESET_REQUIRED",
      attributes: checkedAttributes(pool, list),
    });
    if (password !== undefined) setPassword(pool, user, password);
    return user;
  } catch (error) {
    if (error instanceof CognitoException && client.protectsUserExistence && source === "Authentication") {
      throw wrongCredentials();
    }
    throw error;
  }
}

/** Settings that name what the stack uses but does not create. */
import { EXISTING_POOL } from "../data/combinations";
import type { Emulator } from "./emulator";
import type { Environment } from "./process";

/** Creates the bucket of the state and the existing user pool. @returns the settings, with the pool's id */
export async function preparedSettings(emulator: Emulator, settings: Environment): Promise<Environment> {
  const { STATE_BUCKET, COGNITO_USER_POOL_ID, AWS_REGION = "us-east-1" } = settings;
  if (STATE_BUCKET !== undefined) await emulator.createBucket(STATE_BUCKET);
  if (COGNITO_USER_POOL_ID !== EXISTING_POOL) return settings;
  return { ...settings, COGNITO_USER_POOL_ID: await emulator.createUserPool(AWS_REGION) };
}

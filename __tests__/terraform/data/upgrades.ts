/** Versions that are applied one after the other, on the same users. */

import { type Edit, replace } from "../gate/edits";
import { HELLO_ROW } from "./change";

export interface Upgrade {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly edits?: readonly Edit[];
}

/** Codes by mail need two applies on a pool that exists: Cognito rejects them before it knows the second way of recovery. */
const mail = { MFA: "optional", EMAIL_FROM: "no-reply@example.com" };

const manySettings = {
  ...mail,
  MFA_EMAIL: "prepare",
  API_STAGE: "v2",
  ACCESS_TOKEN_MINUTES: "15",
  LAMBDA_MEMORY_MB: "512",
  LOG_RETENTION_DAYS: "90",
  THROTTLE_RATE: "20",
};

export const upgrades: readonly Upgrade[] = [
  { name: "the defaults", settings: {} },
  {
    name: "other settings, one route removed, one added",
    settings: manySettings,
    edits: [replace("routes.ts", HELLO_ROW, HELLO_ROW.replace("/hello", "/welcome/{name}"))],
  },
  { name: "an HTTP API", settings: { ...manySettings, MFA_EMAIL: "on", API_TYPE: "http" } },
  { name: "the defaults again", settings: {} },
];

/**
 * Versions that are applied one after the other, on the same users: what is planned must also be possible. Methods,
 * integrations and their responses can be made and removed here, not changed in place: moto 5.2.1 answers that
 * with 500. Nor can rotation be switched off again: its UpdateUserPoolClient keeps what a call leaves out, where Cognito takes the default.
 */

import { type Edit, replace } from "../gate/edits";
import { HELLO_ROW } from "./change";

export interface Upgrade {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly edits?: readonly Edit[];
}

const manySettings = {
  API_STAGE: "v2",
  ACCESS_TOKEN_MINUTES: "15",
  LAMBDA_MEMORY_MB: "512",
  LOG_RETENTION_DAYS: "90",
  THROTTLE_RATE: "20",
};

export const upgrades: readonly Upgrade[] = [
  { name: "the defaults", settings: {} },
  {
    name: "other settings, a route less, a route more",
    settings: manySettings,
    edits: [replace("routes.ts", HELLO_ROW, HELLO_ROW.replace("/hello", "/welcome/{name}"))],
  },
  { name: "an HTTP API", settings: { ...manySettings, API_TYPE: "http" } },
  { name: "the defaults again", settings: {} },
];

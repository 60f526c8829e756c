/** Versions that are applied one after the other, on the same users. */

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
    name: "other settings, one route removed, one added",
    settings: manySettings,
    edits: [replace("routes.ts", HELLO_ROW, HELLO_ROW.replace("/hello", "/welcome/{name}"))],
  },
  { name: "an HTTP API", settings: { ...manySettings, API_TYPE: "http" } },
  { name: "the defaults again", settings: {} },
];

/** The secrets of an app client: one or, while it is rotated, two. */
import type { LocalUserPool } from "./local-user-pool";
import { own } from "./store";

export interface ClientSecret {
  readonly id: string;
  readonly value: string;
  readonly createdAt: number;
}

export const MAX_SECRETS = 2;

/** `<client id>--<time>`, in seconds. */
export const secretId = (clientId: string, createdAt: number) => `${clientId}--${Math.floor(createdAt / 1000)}`;

/** Oldest first: those of AddUserPoolClientSecret, or the one of the synthesized stack. */
export function secretsOf({ state }: LocalUserPool, clientId: string, configured: string | undefined) {
  const changed = own(state.clientSecrets ?? {}, clientId);
  if (changed || configured === undefined) return changed ?? [];
  return [{ id: secretId(clientId, 0), value: configured, createdAt: 0 }];
}

/** Of the client; all of them are accepted. */
export function keepSecrets({ state }: LocalUserPool, clientId: string, secrets: readonly ClientSecret[]): void {
  state.clientSecrets = { ...state.clientSecrets, [clientId]: secrets };
}

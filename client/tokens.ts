import { ApiError } from "./api-error";
import { type Session, type SessionStore, sessionOf, type TokenData } from "./session";

export interface TokensOptions {
  readonly store: SessionStore;
  readonly tokenUse: "id" | "access";
  readonly refreshCookie: boolean;
  /** Sends the renewal. @returns its data */
  renew(body: object): Promise<unknown>;
  onSessionEnded(): void;
}

export interface Tokens {
  /** The token for a request, renewed if it is about to expire; undefined if nobody is signed in. */
  current(): Promise<string | undefined>;
  /**
   * A token after the API has rejected `rejected`; undefined if it cannot be renewed.
   * @throws {ApiError} if the session has ended
   */
  after(rejected: string): Promise<string | undefined>;
  /** Starts a session with the data of a login. */
  adopt(data: TokenData): void;
  /** Renews by the cookie alone, without a session. */
  resume(): Promise<boolean>;
}

/** A token is renewed this long before it expires. */
const EARLY_MS = 30_000;

/** Whether credentials were rejected: not throttled, and no failure of the server. */
const isRejected = (error: unknown) => error instanceof ApiError && error.status < 500 && error.status !== 429;

export function createTokens(options: TokensOptions): Tokens {
  const { store, tokenUse, refreshCookie } = options;
  const tokenIn = (session: Session) => (tokenUse === "id" ? session.id_token : session.access_token);
  const canRenew = (session: Session) => refreshCookie || session.refresh_token !== undefined;
  let renewing: Promise<Session> | undefined;

  const renew = async (): Promise<Session> => {
    const previous = store.load();
    try {
      const body = refreshCookie ? {} : { username: previous?.username, refresh_token: previous?.refresh_token };
      const session = sessionOf((await options.renew(body)) as TokenData, previous, tokenUse);
      store.save(session);
      return session;
    } catch (error) {
      if (isRejected(error) && previous) {
        store.save(undefined);
        options.onSessionEnded();
      }
      throw error;
    }
  };
  /** Requests that need new tokens at the same time share one renewal. */
  const renewed = (): Promise<Session> => {
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    return renewing;
  };

  const current = async () => {
    const session = store.load();
    if (!session) return undefined;
    const isFresh = session.expiresAt - EARLY_MS > Date.now();
    return tokenIn(isFresh || !canRenew(session) ? session : await renewed());
  };
  return {
    current,
    async after(rejected) {
      const session = store.load();
      if (!session || !canRenew(session)) return undefined;
      // Another request may have renewed the tokens meanwhile.
      return tokenIn(tokenIn(session) === rejected ? await renewed() : session);
    },
    adopt: (data) => store.save(sessionOf(data, undefined, tokenUse)),
    async resume() {
      try {
        if (refreshCookie && !store.load()) await renewed();
        return (await current()) !== undefined;
      } catch (error) {
        if (isRejected(error)) return false;
        throw error;
      }
    },
  };
}

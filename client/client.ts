/**
 * A client of the API for browsers and Node.js: types from the route table (`createClient<Rows>`), tokens renewed before they expire, a 401
 * retried once with new tokens, a 429 after its Retry-After. It has no dependencies. See docs/client.md.
 */
import { errorOf } from "./api-error";
import { dataIn } from "./envelope";
import type { RequestParts } from "./request";
import { createSend, type Send } from "./send";
import { memoryStore, type Session, type SessionStore, type TokenData } from "./session";
import { createTokens, type Tokens } from "./tokens";
import type { Data, OptionsArgument, RouteName, Row } from "./types";

export { ApiError } from "./api-error";
export { memoryStore, type Session, type SessionStore } from "./session";

export interface ClientOptions {
  /** URL of the API, stage included: the output `api_url`, or what `npm start` prints. */
  readonly baseUrl: string;
  /** The setting TOKEN_HEADER. @default "Authorization" */
  readonly tokenHeader?: string;
  /** The setting TOKEN_USE. @default "id" */
  readonly tokenUse?: "id" | "access";
  /** Whether the setting REFRESH_TOKEN_COOKIE is on. @default false */
  readonly refreshCookie?: boolean;
  /** Where the session is kept. @default - in memory */
  readonly store?: SessionStore;
  /** Longest Retry-After, in seconds, that is waited for; 0 to never wait. @default 10 */
  readonly maxWaitSeconds?: number;
  /** Called when the session has ended by itself: the refresh token is expired or revoked. @default - nothing */
  readonly onSessionEnded?: () => void;
  /** @default - the platform's */
  readonly fetch?: typeof fetch;
}

/** What an unfinished login asks for: see `respond`. */
export interface Challenge {
  readonly challenge_name: string;
  readonly session: string | null;
  readonly challenge_parameters: Readonly<Record<string, string>>;
  readonly username: string;
}

export interface Client<R extends readonly Row[]> {
  /**
   * Sends a request with the session's token, if there is one: `api.request("GET /notes/{id}", { pathParameters: { id } })`.
   * @returns the `data` of the response
   * @throws {ApiError} for an error response; what `fetch` throws for a request without one
   */
  request<Name extends RouteName<R>>(name: Name, ...options: OptionsArgument<R, Name>): Promise<Data<R, Name>>;
  /** The same for a route whose response is not in the envelope. @returns a response with a status below 400 */
  response<Name extends RouteName<R>>(name: Name, ...options: OptionsArgument<R, Name>): Promise<Response>;
  /** Signs in. @returns undefined, or what the user pool asks first */
  signIn(body: { readonly username: string; readonly password: string }): Promise<Challenge | undefined>;
  /** Responds to a challenge: `respond(challenge, { NEW_PASSWORD: "..." })`. @returns undefined, or the next challenge */
  respond(challenge: Challenge, responses: Readonly<Record<string, string>>): Promise<Challenge | undefined>;
  /**
   * Takes the session up again after a reload of the page: from the store, or by the cookie.
   * @returns whether a user is signed in
   */
  resume(): Promise<boolean>;
  /** Ends the session here, and revokes the refresh token. The other tokens stay valid until they expire. */
  signOut(): Promise<void>;
  /** The session's tokens; undefined if nobody is signed in. */
  session(): Session | undefined;
}

/** Requests whose own credentials count: they carry no token and, with REFRESH_TOKEN_COOKIE, the cookie; a 401 is final. */
const SIGN_IN = "POST /user/login";
const CHALLENGE = "POST /user/login/challenge";
const RENEW = "POST /user/renew_refresh_token";
const SIGN_OUT = "POST /user/logout";
const withoutToken: readonly string[] = [SIGN_IN, CHALLENGE, RENEW, SIGN_OUT];

/** `createClient<Rows>({ baseUrl })`, with `import type { Rows } from "../routes"`. */
export function createClient<R extends readonly Row[]>(options: ClientOptions): Client<R> {
  const { baseUrl, tokenUse = "id", refreshCookie = false, maxWaitSeconds = 10, store = memoryStore() } = options;
  const platform: typeof fetch = (...request) => fetch(...request); // a browser's own needs to be called as a function of the page
  const send = createSend({ baseUrl, maxWaitSeconds, fetch: options.fetch ?? platform });
  const cookieHeader = refreshCookie ? { headers: { "X-Requested-With": "fetch" } } : {};
  const signInRequest = async (name: string, body: object) => {
    const response = await send(name, { ...cookieHeader, body }, refreshCookie);
    if (!response.ok) throw await errorOf(response);
    return dataIn(response);
  };
  const tokens = createTokens({
    store,
    tokenUse,
    refreshCookie,
    renew: (body) => signInRequest(RENEW, body),
    onSessionEnded: options.onSessionEnded ?? (() => {}),
  });
  const adopt = (data: unknown): Challenge | undefined => {
    if (isChallenge(data)) return data;
    tokens.adopt(data as TokenData);
    return undefined;
  };
  const response = async (name: string, parts: RequestParts = {}) => {
    const received = withoutToken.includes(name)
      ? await send(name, { ...parts, headers: { ...cookieHeader.headers, ...parts.headers } }, refreshCookie)
      : await sendSigned(send, tokens, options.tokenHeader ?? "Authorization", name, parts);
    if (received.status >= 400) throw await errorOf(received);
    return received;
  };
  const client = {
    response,
    request: async (name: string, parts?: RequestParts) => dataIn(await response(name, parts)),
    session: () => store.load(),
    signIn: async (body: object) => adopt(await signInRequest(SIGN_IN, body)),
    respond: async ({ username, session, challenge_name }: Challenge, responses: object) =>
      adopt(await signInRequest(CHALLENGE, { username, session, challenge_name, responses })),
    resume: () => tokens.resume(),
    async signOut() {
      const refresh_token = store.load()?.refresh_token;
      store.save(undefined);
      if (refreshCookie) await signInRequest(SIGN_OUT, {});
      else if (refresh_token !== undefined) await signInRequest(SIGN_OUT, { refresh_token });
    },
  };
  return client as Client<R>;
}

/** With the session's token, and once more with a new one if the API rejects it. */
async function sendSigned(
  send: Send,
  tokens: Tokens,
  header: string,
  name: string,
  parts: RequestParts,
): Promise<Response> {
  const signed = (token: string | undefined) =>
    send(name, {
      ...parts,
      headers: { ...(token !== undefined && { [header]: `Bearer ${token}` }), ...parts.headers },
    });
  const token = await tokens.current();
  const response = await signed(token);
  if (response.status !== 401 || token === undefined) return response;
  const next = await tokens.after(token);
  if (next === undefined) return response;
  await response.body?.cancel();
  return signed(next);
}

const isChallenge = (data: unknown): data is Challenge =>
  typeof data === "object" && data !== null && "challenge_name" in data;

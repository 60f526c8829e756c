import { retryAfter } from "./api-error";
import { type RequestParts, requestOf } from "./request";

export interface SendOptions {
  readonly baseUrl: string;
  /** Longest Retry-After, in seconds, that is waited for. */
  readonly maxWaitSeconds: number;
  readonly fetch: typeof fetch;
}

/** Sends a request; the response may be an error response. */
export type Send = (name: string, parts: RequestParts, withCookies?: boolean) => Promise<Response>;

const MAX_TRIES = 3;

/** A request that is throttled is sent again after its Retry-After: it was not processed, whatever its method. */
export const createSend =
  ({ baseUrl, maxWaitSeconds, fetch }: SendOptions): Send =>
  async (name, parts, withCookies = false) => {
    const { url, init } = requestOf(baseUrl, name, parts);
    for (let tries = 1; ; tries++) {
      const response = await fetch(url, { ...init, ...(withCookies && { credentials: "include" }) });
      const seconds = retryAfter(response) ?? 1;
      if (response.status !== 429 || tries === MAX_TRIES || seconds > maxWaitSeconds) return response;
      await response.body?.cancel();
      await wait(seconds * 1000, parts.signal);
    }
  };

/** @throws the signal's reason */
const wait = (milliseconds: number, signal: AbortSignal | undefined) =>
  new Promise<void>((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });

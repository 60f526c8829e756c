import { type JsonObject, text } from "../../terraform/json";

/** Requests per second, and the most at once. */
export interface Limits {
  readonly rate: number;
  readonly burst: number;
}

/** `50 requests per second, burst 100` */
export const describeLimits = (limits: Limits | undefined): string =>
  limits ? `${limits.rate} requests per second, burst ${limits.burst}` : "no limit";

/** Takes one token: false if there is none. `now` in milliseconds. */
export type Bucket = (now: number) => boolean;

/**
 * API Gateway's token bucket: `burst` tokens at most, refilled at `rate` per second. Each method has its own bucket,
 * also where the limits are those of the stage:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export function createBucket(limits: Limits | undefined): Bucket {
  if (!limits) return unlimited;
  const { rate, burst } = limits;
  let tokens = burst;
  let last: number | undefined;
  return (now) => {
    const elapsed = Math.max(0, now - (last ?? now));
    tokens = Math.min(burst, tokens + (elapsed / 1000) * rate);
    last = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

const unlimited: Bucket = () => true;

/** The throttling settings of a method, a route or a stage; a negative or missing value means no limit. */
export function readLimits(settings: JsonObject): Limits | undefined {
  const rate = Number(text(settings.throttling_rate_limit) ?? -1);
  const burst = Number(text(settings.throttling_burst_limit) ?? -1);
  return rate < 0 || burst < 0 ? undefined : { rate, burst };
}

/** Takes one token: false if there is none. `now` in milliseconds. */
export type Bucket = (now: number) => boolean;

/**
 * API Gateway's token bucket: `burst` tokens at most, refilled at `rate` per second. Each method has its own bucket,
 * also where the limits are those of the stage:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export function createBucket(rate: number, burst: number): Bucket {
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

export const unlimited: Bucket = () => true;

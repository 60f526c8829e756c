import { AwsError } from "./aws-error";
import type { Signature } from "./signature";

const MINUTE_MS = 60_000;

/**
 * Rejects a signature that is too old, or from the future: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 * @param now milliseconds since 1970
 * @throws AwsError
 */
export function checkAge(signature: Signature, now: number): void {
  const { timestamp, date, expiresSeconds, service } = signature;
  const signedAt = timeOf(timestamp);
  if (!timestamp.startsWith(date)) {
    const reason = `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${timestamp.slice(0, 8)}', from '${timestamp}'.`;
    throw new AwsError("InvalidSignatureException", reason, 403);
  }
  if (expiresSeconds !== undefined) {
    // NaN, of a missing or malformed time, is expired.
    if (!(now <= signedAt + expiresSeconds * 1000)) throw new AwsError("AccessDenied", "Request has expired", 403);
    return;
  }
  const minutes = service === "s3" ? 15 : 5;
  const earliest = now - minutes * MINUTE_MS;
  const latest = now + minutes * MINUTE_MS;
  if (signedAt >= earliest && signedAt <= latest) return;
  if (service === "s3") {
    const reason = "The difference between the request time and the current time is too large.";
    throw new AwsError("RequestTimeTooSkewed", reason, 403);
  }
  const reason =
    signedAt > latest
      ? `Signature not yet current: ${timestamp} is still later than ${stamp(latest)} (${stamp(now)} + ${minutes} min.)`
      : `Signature expired: ${timestamp} is now earlier than ${stamp(earliest)} (${stamp(now)} - ${minutes} min.)`;
  throw new AwsError("InvalidSignatureException", reason, 403);
}

/** `YYYYMMDDTHHMMSSZ` in milliseconds since 1970; NaN for any other text. */
const timeOf = (timestamp: string) =>
  Date.parse(timestamp.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, "$1-$2-$3:$4:$5"));

const stamp = (time: number) => new Date(time).toISOString().replace(/[-:]|\.\d+/g, "");

/** @param {number} milliseconds since 1970 */
export const clock = (milliseconds) => new Date(milliseconds).toLocaleTimeString("en-GB");

/** @param {number} milliseconds since 1970 */
export const dateTime = (milliseconds) => new Date(milliseconds).toISOString().replace("T", " ").slice(0, 19);

/** @param {number | undefined} milliseconds */
export function duration(milliseconds) {
  if (milliseconds === undefined) return "";
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

/**
 * `1 h 2 min`, `4 min 5 s`; in the past: `expired 5 s ago`.
 * @param {number} seconds
 */
export function remaining(seconds) {
  const left = Math.abs(Math.floor(seconds));
  const [days, hours, minutes] = [Math.floor(left / 86400), Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60];
  const parts = days > 0 ? [`${days} d`, `${hours} h`] : hours > 0 ? [`${hours} h`, `${minutes} min`] : [];
  if (parts.length === 0) parts.push(...(minutes > 0 ? [`${minutes} min`] : []), `${left % 60} s`);
  return seconds < 0 ? `expired ${parts.join(" ")} ago` : `expires in ${parts.join(" ")}`;
}

/**
 * JSON indented, anything else as it is.
 * @param {string} text
 */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/**
 * The class of a status: colour is never the only sign, the number stands beside it.
 * @param {number | undefined} status
 */
export function statusClass(status) {
  if (status === undefined) return "pending";
  return status < 400 ? "good" : status < 500 ? "warn" : "bad";
}

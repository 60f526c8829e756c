/**
 * @typedef {object} Sent
 * @property {string} method
 * @property {string} url
 * @property {readonly (readonly [string, string])[]} headers
 * @property {string} body
 */

/** Headers that curl writes by itself, and those of a browser that say nothing about the request. */
const LEFT_OUT =
  /^(host|connection|content-length|accept|accept-.*|user-agent|origin|referer|sec-.*|cache-control|pragma|dnt|x-console)$/i;

/**
 * A request as a command for a POSIX shell.
 * @param {Sent} sent
 */
export function curl({ method, url, headers, body }) {
  const kept = headers.filter(([name]) => !LEFT_OUT.test(name));
  return [
    `curl -i${method === "GET" ? "" : ` -X ${method}`} ${quote(url)}`,
    ...kept.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body === "" ? [] : [`--data-raw ${quote(body)}`]),
  ].join(" \\\n  ");
}

/** @param {string} text */
const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;

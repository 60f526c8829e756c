import { announce, state, update } from "./state.js";

/** @typedef {import("./state.js").Outcome} Outcome */

/**
 * JSON of the console's server.
 * @param {string} path
 */
export async function read(path) {
  const response = await fetch(`/_console/api/${path}`);
  const body = await response.json();
  if (!response.ok) throw new Error(body.message);
  return body;
}

/**
 * Runs an operation of the local Cognito.
 * @param {string} operation
 * @param {object} input
 */
export async function cognito(operation, input) {
  const response = await fetch(`/_console/api/cognito/${operation}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Console": "1" },
    body: JSON.stringify(input),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(`${body.type}: ${body.message}`);
  return body;
}

/**
 * Sends a request to the API and keeps the outcome for the form. The page has the API's own origin: no CORS rule applies.
 * @param {string} form
 * @param {{method: string, target: string, headers?: Record<string, string>, body?: string | undefined}} request
 */
export async function send(form, { method, target, headers = {}, body }) {
  const title = `${method} ${target}`;
  /** @type {Outcome} */
  let outcome;
  try {
    const response = await fetch(target, {
      method,
      headers: { ...(body !== undefined && { "Content-Type": "application/json" }), ...headers },
      ...(body !== undefined && { body }),
    });
    const requestId = response.headers.get("x-amzn-requestid") ?? response.headers.get("apigw-requestid");
    outcome = { title, status: response.status, text: await response.text(), requestId };
    adoptTokens(outcome.text);
  } catch (error) {
    outcome = { title, status: undefined, text: String(error), requestId: null };
  }
  update(() => state.outcomes.set(form, outcome));
  announce(`${title}: ${outcome.status ?? outcome.text}`);
  return outcome;
}

/**
 * Data of a response in the API's envelope.
 * @param {string} text
 * @returns {Record<string, unknown>}
 */
export function dataOf(text) {
  try {
    const body = JSON.parse(text);
    return body?.data ?? body ?? {};
  } catch {
    return {};
  }
}

/** Any response with tokens signs the page in, also one of a form of the routes. @param {string} text */
function adoptTokens(text) {
  const { id_token, access_token, refresh_token, username } = dataOf(text);
  if (typeof id_token !== "string" || typeof access_token !== "string") return;
  update(() => {
    state.session = {
      username: typeof username === "string" ? username : (state.session?.username ?? ""),
      idToken: id_token,
      accessToken: access_token,
      refreshToken: typeof refresh_token === "string" ? refresh_token : state.session?.refreshToken,
    };
  });
  shareTokens();
}

/** The reference page, of the same origin, sends requests with the tokens of this page. */
const channel = new BroadcastChannel("session");
channel.onmessage = ({ data }) => {
  if (data.question === "tokens") shareTokens();
};

function shareTokens() {
  const { idToken, accessToken } = state.session ?? {};
  if (idToken) channel.postMessage({ tokens: { id_token: idToken, access_token: accessToken } });
}

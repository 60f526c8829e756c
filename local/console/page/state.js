/** The page's state, fed by server-sent events. Every change goes through `update`, which renders once per frame. */

/**
 * @typedef {import("../protocol").Overview} Overview
 * @typedef {import("../protocol").ConsoleRoute} ConsoleRoute
 * @typedef {import("../protocol").RequestSummary} RequestSummary
 * @typedef {import("../protocol").RequestDetail} RequestDetail
 * @typedef {import("../protocol").InboxMessage} InboxMessage
 * @typedef {import("../protocol").ConsoleUser} ConsoleUser
 * @typedef {import("../protocol").TablePage} TablePage
 * @typedef {{username: string, idToken: string, accessToken: string, refreshToken: string | undefined}} Session
 * @typedef {{title: string, status: number | undefined, text: string, requestId: string | null}} Outcome
 * @typedef {{name: string, session: string, username: string}} Challenge
 */

/** As many as the server keeps. */
const MAX_REQUESTS = 1000;
const MAX_MESSAGES = 500;

export const state = {
  connected: false,
  /** Counts events after which users or rows may differ. */
  changes: 0,
  /** @type {Overview | undefined} */
  overview: undefined,
  /** By id, oldest first. @type {Map<number, RequestSummary>} */
  requests: new Map(),
  /** @type {InboxMessage[]} */
  messages: [],
  /** Kept in memory only: a reload signs out. @type {Session | undefined} */
  session: undefined,
  /** @type {Challenge | undefined} */
  challenge: undefined,
  /** The last response of each form, by its name. @type {Map<string, Outcome>} */
  outcomes: new Map(),
  /** What was typed, by form and field. @type {Map<string, string>} */
  typed: new Map(),
};

let render = () => {};
let scheduled = false;

/** @param {() => void} [change] */
export function update(change) {
  change?.();
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    render();
  });
}

/** Tells users of a screen reader what happened elsewhere on the page. @param {string} text */
export function announce(text) {
  const announcer = document.getElementById("announcer");
  if (announcer) announcer.textContent = text;
}

/** @param {() => void} renderPage */
export function connect(renderPage) {
  render = renderPage;
  const events = new EventSource("/_console/api/events");
  /**
   * @template {keyof import("../protocol").ConsoleEvents} Name
   * @param {Name} name
   * @param {(data: import("../protocol").ConsoleEvents[Name]) => void} handle
   */
  const on = (name, handle) =>
    events.addEventListener(name, ({ data }) => {
      const parsed = JSON.parse(data);
      update(() => handle(parsed));
    });
  on("snapshot", ({ overview, requests, messages }) => {
    state.connected = true;
    state.overview = overview;
    state.requests = new Map(requests.map((one) => [one.id, one]));
    state.messages = [...messages];
    state.changes += 1;
  });
  on("overview", (overview) => {
    state.overview = overview;
    announce("The stack was reloaded");
  });
  on("request", (request) => {
    state.requests.set(request.id, request);
    state.requests.delete(request.id - MAX_REQUESTS);
  });
  on("message", (message) => {
    state.messages.push(message);
    if (state.messages.length > MAX_MESSAGES) state.messages.shift();
    announce(`Mail to ${message.destination}: ${message.text ?? `code ${message.code}`}`);
  });
  on("changed", () => {
    state.changes += 1;
  });
  events.onerror = () =>
    update(() => {
      state.connected = false;
    });
}

/** @param {string} requestId from a response's headers */
export function requestBy(requestId) {
  return [...state.requests.values()].findLast(
    (one) => one.requestId === requestId || one.extendedRequestId === requestId,
  );
}

import { html, nothing } from "/_console/lib/lit-html.js";
import { curl } from "../curl.js";
import { dateTime, duration, pretty } from "../format.js";
import { loader } from "../loader.js";
import { code, copyButton, status } from "../parts.js";

/** @typedef {import("../state.js").RequestDetail} RequestDetail */
/** @typedef {import("../state.js").RequestSummary} RequestSummary */
/** @typedef {import("../../protocol").BodyText} BodyText */

/** @type {ReturnType<typeof loader<RequestDetail>>} */
const details = loader();

/** @param {import("../state.js").Overview} overview @param {RequestSummary} summary */
export function requestView({ apiUrl }, summary) {
  const { data, error } = details.get(`requests/${summary.id}`, summary.status);
  return html`<section class="detail" aria-labelledby="request-title">
    <a class="back" href="#/requests">All requests</a>
    <h2 id="request-title" tabindex="-1"><span class="method">${summary.method}</span> ${summary.target}</h2>
    <p>${status(summary.status)} ${duration(summary.durationMs)}</p>
    <p class="meta">${dateTime(summary.time)} UTC · request id <code>${summary.requestId}</code></p>
    ${error === "" ? nothing : html`<p class="reason">${error}</p>`} ${data ? parts(apiUrl, data) : nothing}
  </section>`;
}

/** @param {string} apiUrl @param {RequestDetail} request */
function parts(apiUrl, request) {
  const { headers, body, response, logs } = request;
  const command = curl({
    method: request.method,
    url: `${apiUrl}${request.target}`,
    headers,
    body: body.isBinary ? "" : body.text,
  });
  return html`${steps(request)}
    <h3>Log of the function</h3>
    ${logs.length === 0 ? html`<p class="hint">Nothing was logged.</p>` : code("Log of the function", logs.join("\n"))}
    <h3>Request</h3>
    ${headerList(headers)} ${bodyView("Request body", body)}
    ${response ? html`<h3>Response</h3>${headerList(response.headers)} ${bodyView("Response body", response.body)}` : nothing}
    <h3>The same with curl</h3>
    ${code("curl command", command)} ${copyButton("curl command", command)}`;
}

/** In the gateway's order. */
const NAMES = /** @type {const} */ ([
  ["matched", "Route"],
  ["throttled", "Throttling"],
  ["authorized", "Authorizer"],
  ["validated", "Validation"],
  ["invoked", "Integration"],
]);

/** @param {RequestDetail} request */
function steps({ steps: taken }) {
  return html`<h3>Decisions of the gateway</h3>
    <ol class="steps">
      ${NAMES.map(([name, label]) => {
        const at = taken.findIndex((step) => step.name === name);
        const step = taken[at];
        if (!step) return html`<li class="unreached"><b>${label}</b> <span>not reached</span></li>`;
        const milliseconds = step.atMs - (taken[at - 1]?.atMs ?? 0);
        return html`<li class=${step.passed ? "passed" : "rejected"}>
          <b>${label}</b> <span>${step.passed ? "passed" : "rejected"}: ${step.detail}</span> <span class="ms">${duration(milliseconds)}</span>
        </li>`;
      })}
    </ol>`;
}

/** @param {readonly (readonly [string, string])[]} headers */
const headerList = (headers) => html`<details>
  <summary>${headers.length} headers</summary>
  ${code("Headers", headers.map(([name, value]) => `${name}: ${value}`).join("\n"))}
</details>`;

/** @param {string} label @param {BodyText} body */
function bodyView(label, { text, bytes, isBinary }) {
  if (text === "") return nothing;
  return html`${code(label, isBinary ? text : pretty(text))}
    ${bytes === undefined ? nothing : html`<p class="hint">The first part of ${bytes} bytes.</p>`}`;
}

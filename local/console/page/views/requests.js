import { repeat } from "/_console/lib/directives/repeat.js";
import { html, nothing } from "/_console/lib/lit-html.js";
import { clock, duration } from "../format.js";
import { paged, search, setTyped, status, typed } from "../parts.js";
import { state, update } from "../state.js";
import { requestView } from "./request.js";

/** @typedef {import("../state.js").RequestSummary} RequestSummary */
/** @typedef {import("../state.js").Overview} Overview */

/** @param {Overview} overview @param {string} selected */
export function requestsView(overview, selected) {
  const chosen = state.requests.get(Number(selected));
  const found = [...state.requests.values()].reverse().filter(matches);
  return html`<div class="split ${chosen ? "selected" : ""}">
    <section class="list" aria-label="All requests">
      <div class="tools">
        ${search("Filter requests", "requests", "filter")}
        <label class="radio"><input type="checkbox" .checked=${onlyErrors()}
          @change=${() => setTyped("requests", "errors", onlyErrors() ? "" : "yes")}> only errors</label>
        <button type="button" class="quiet" @click=${() => update(() => state.requests.clear())}>Clear the list</button>
      </div>
      ${found.length === 0 ? html`<p class="hint">Requests to the API appear here as they pass.</p>` : nothing}
      ${paged(
        "requests",
        found,
        (shown) =>
          html`<ol class="rows" reversed>${repeat(
            shown,
            ({ id }) => id,
            (one) => row(one, one === chosen),
          )}</ol>`,
      )}
    </section>
    ${
      chosen
        ? requestView(overview, chosen)
        : html`<p class="detail hint">Choose a request to see how the gateway decided, step by step.</p>`
    }
  </div>`;
}

const onlyErrors = () => typed("requests", "errors") === "yes";

/** @param {RequestSummary} request */
function matches({ method, target, status: code = 0, requestId }) {
  const wanted = typed("requests", "filter").toLowerCase();
  return `${method} ${target} ${code} ${requestId}`.toLowerCase().includes(wanted) && (!onlyErrors() || code >= 400);
}

/** @param {RequestSummary} request @param {boolean} isChosen */
const row = (request, isChosen) => html`<li>
  <a href="#/requests/${request.id}" aria-current=${isChosen ? "true" : nothing}>
    <time>${clock(request.time)}</time> <span class="method">${request.method}</span> <span class="path">${request.target}</span>
    ${request.status === undefined ? html`<span class="status pending">in progress</span>` : status(request.status)}
    <span class="ms">${duration(request.durationMs)}</span>
    ${request.rejected ? html`<span class="why">${request.rejected.detail}</span>` : nothing}
  </a>
</li>`;

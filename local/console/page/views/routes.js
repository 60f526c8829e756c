import { html, nothing } from "/_console/lib/lit-html.js";
import { search, typed } from "../parts.js";
import { routeView } from "./route.js";

/** @typedef {import("../state.js").Overview} Overview */
/** @typedef {import("../state.js").ConsoleRoute} ConsoleRoute */

/** @param {ConsoleRoute} route */
const keyOf = ({ method, url }) => `${method} ${url}`;

/** @param {Overview} overview @param {string} selected */
export function routesView({ routes, notEmulated, folder, region }, selected) {
  const route = routes.find((one) => keyOf(one) === selected);
  const wanted = typed("routes", "filter").toLowerCase();
  const found = routes.filter((one) => `${keyOf(one)} ${one.functionName}`.toLowerCase().includes(wanted));
  return html`<div class="split ${route ? "selected" : ""}">
    <section class="list" aria-label="All routes">
      ${search("Filter routes", "routes", "filter")}
      <ul class="rows">${found.map((one) => routeRow(one, one === route))}</ul>
      ${found.length === 0 ? html`<p class="hint">No route matches.</p>` : nothing}
      <p class="hint">Served from <code>${folder}/cdk.tf.json</code>, region ${region}.</p>
      ${
        notEmulated.length > 0
          ? html`<h2>Not emulated</h2><ul>${notEmulated.map((line) => html`<li><code>${line}</code></li>`)}</ul>`
          : nothing
      }
    </section>
    ${
      route
        ? routeView(route)
        : html`<p class="detail hint">Choose a route to see what it needs and to send a request.</p>`
    }
  </div>`;
}

/** @param {ConsoleRoute} route @param {boolean} isSelected */
const routeRow = (route, isSelected) => html`<li>
  <a href="#/routes/${encodeURIComponent(keyOf(route))}" aria-current=${isSelected ? "true" : nothing}>
    <span class="method">${route.method}</span> <span class="path">${route.url}</span>
    <span class="access ${route.isPrivate ? "private" : "public"}">${route.isPrivate ? "private" : "public"}</span>
  </a>
</li>`;

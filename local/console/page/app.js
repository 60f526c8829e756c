import { html, nothing, render } from "/_console/lib/lit-html.js";
import { connect, state } from "./state.js";
import { accountView } from "./views/account.js";
import { requestsView } from "./views/requests.js";
import { routesView } from "./views/routes.js";
import { tablesView } from "./views/tables.js";
import { usersView } from "./views/users.js";

/** @typedef {import("./state.js").Overview} Overview */
/** @typedef {{title: string, view: (overview: Overview, selected: string) => unknown}} View */

/** By the first segment of the address's hash; the rest names what is selected. @type {Readonly<Record<string, View>>} */
const VIEWS = {
  routes: { title: "Routes", view: routesView },
  account: { title: "Account", view: accountView },
  requests: { title: "Requests", view: requestsView },
  users: { title: "Users", view: usersView },
  tables: { title: "Tables", view: tablesView },
};

function readLocation() {
  const [, name = "", selected = ""] = /^#\/(\w+)\/?(.*)$/.exec(window.location.hash) ?? [];
  const known = Object.hasOwn(VIEWS, name) ? name : "routes";
  const view = /** @type {View} */ (VIEWS[known]);
  return { name: known, selected: decodeURIComponent(selected), ...view };
}

/** @param {string} current */
const header = (current) => html`
  <div class="brand">
    <span class="stack">${state.overview?.stackName ?? "Console"}</span>
    <span class="connection ${state.connected ? "good" : "bad"}">${state.connected ? "live" : "not connected"}</span>
    ${state.session ? html`<span class="session">signed in as <b>${state.session.username}</b></span>` : nothing}
  </div>
  <nav aria-label="Views">
    ${Object.entries(VIEWS).map(
      ([name, { title }]) =>
        html`<a href="#/${name}" aria-current=${name === current ? "page" : nothing}>${title}${count(name)}</a>`,
    )}
  </nav>
  ${state.overview?.referenceUrl === undefined ? nothing : html`<a class="reference" href=${state.overview.referenceUrl}>API reference</a>`}`;

/** @param {string} name */
function count(name) {
  const counts = /** @type {Record<string, number>} */ ({
    account: state.messages.length,
    requests: state.requests.size,
  });
  const found = counts[name] ?? 0;
  return found > 0 ? html` <span class="count">${found}</span>` : nothing;
}

const [top, main] = ["header", "main"].map((id) => /** @type {HTMLElement} */ (document.getElementById(id)));

function renderPage() {
  const { name, title, view, selected } = readLocation();
  document.title = `${title} · ${state.overview?.stackName ?? "Console"}`;
  if (top) render(header(name), top);
  const content = state.overview
    ? view(state.overview, selected)
    : html`<p class="hint">Connecting to the local API</p>`;
  if (main) render(html`<h1 tabindex="-1">${title}</h1>${content}`, main);
}

let shown = readLocation().name;
window.addEventListener("hashchange", () => {
  renderPage();
  const { name, selected } = readLocation();
  // Keyboard and screen reader go where the eye goes.
  const heading = selected === "" || name !== shown ? "main h1" : "main .detail h2";
  /** @type {HTMLElement | null} */ (document.querySelector(heading))?.focus();
  shown = name;
});
document.querySelector(".skip")?.addEventListener("click", (event) => {
  event.preventDefault();
  main?.focus();
});
main?.replaceChildren();
connect(renderPage);
renderPage();

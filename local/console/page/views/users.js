import { repeat } from "/_console/lib/directives/repeat.js";
import { html, nothing } from "/_console/lib/lit-html.js";
import { loader } from "../loader.js";
import { paged, search, setTyped, typed } from "../parts.js";
import { state } from "../state.js";
import { userView } from "./user.js";

/** @typedef {import("../state.js").ConsoleUser} ConsoleUser */

/** @type {ReturnType<typeof loader<ConsoleUser[]>>} */
const users = loader();

/** @param {import("../state.js").Overview} overview @param {string} selected */
export function usersView({ pools }, selected) {
  const pool = pools.find(({ id }) => id === typed("users", "pool")) ?? pools[0];
  if (!pool) return html`<p class="hint">The stack declares no user pool.</p>`;
  const { data: all, error } = users.get(`users/${encodeURIComponent(pool.id)}`, state.changes);
  const chosen = all?.find(({ sub }) => sub === selected);
  const found = (all ?? []).filter(matches).reverse();
  return html`<div class="split ${chosen ? "selected" : ""}">
    <section class="list" aria-label="All users">
      ${pools.length > 1 ? poolChoice(pools, pool.id) : html`<p class="meta">${pool.name} <code>${pool.id}</code>, MFA ${pool.mfa}</p>`}
      ${search("Filter users", "users", "filter")}
      ${error === "" ? nothing : html`<p class="reason">${error}</p>`}
      ${all?.length === 0 ? html`<p class="hint">No user yet: <a href="#/account">sign up</a>.</p>` : nothing}
      ${paged(
        "users",
        found,
        (shown) =>
          html`<ul class="rows">${repeat(
            shown,
            ({ sub }) => sub,
            (one) => row(one, one === chosen),
          )}</ul>`,
      )}
    </section>
    ${chosen ? userView(pool, chosen) : html`<p class="detail hint">Choose a user to see attributes and groups.</p>`}
  </div>`;
}

/** @param {ConsoleUser} user */
function matches({ username, status, groups, attributes, sub }) {
  const text = [username, status, sub, ...groups, ...Object.values(attributes)].join(" ").toLowerCase();
  return text.includes(typed("users", "filter").toLowerCase());
}

/** @param {ConsoleUser} user @param {boolean} isChosen */
const row = (user, isChosen) => html`<li>
  <a href="#/users/${user.sub}" aria-current=${isChosen ? "true" : nothing}>
    <span class="path">${user.attributes["email"] && user.username === user.sub ? user.attributes["email"] : user.username}</span>
    <span class="status ${user.enabled && user.status === "CONFIRMED" ? "good" : "warn"}">${user.enabled ? user.status : "DISABLED"}</span>
    ${user.groups.map((group) => html`<span class="access">${group}</span>`)}
    ${user.secondFactors.length > 0 ? html`<span class="access">MFA</span>` : nothing}
  </a>
</li>`;

/** @param {readonly import("../../protocol").ConsolePool[]} pools @param {string} current */
const poolChoice = (pools, current) => html`<div class="field">
  <label for="pool">User pool</label>
  <select id="pool" @change=${(/** @type {Event} */ event) => setTyped("users", "pool", /** @type {HTMLSelectElement} */ (event.target).value)}>
    ${pools.map(({ id, name }) => html`<option value=${id} ?selected=${id === current}>${name} (${id})</option>`)}
  </select>
</div>`;

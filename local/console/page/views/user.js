import { html, nothing } from "/_console/lib/lit-html.js";
import { cognito } from "../api.js";
import { dateTime } from "../format.js";
import { setTyped, typed } from "../parts.js";
import { announce, update } from "../state.js";

/** @typedef {import("../state.js").ConsoleUser} ConsoleUser */
/** @typedef {import("../../protocol").ConsolePool} ConsolePool */

/** @param {ConsolePool} pool @param {ConsoleUser} user */
export function userView(pool, user) {
  const failure = typed(user.sub, "failure");
  return html`<section class="detail" aria-labelledby="user-title">
    <a class="back" href="#/users">All users</a>
    <h2 id="user-title" tabindex="-1">${user.username}</h2>
    <dl class="facts">
      <div><dt>State</dt><dd>${user.status}${user.enabled ? "" : ", disabled"}</dd></div>
      <div><dt>Second factor</dt><dd>${user.secondFactors.join(", ") || "none"}</dd></div>
      <div><dt>Sign-ins that can be refreshed</dt><dd>${user.sessions}</dd></div>
      <div><dt>Created</dt><dd>${dateTime(user.createdAt)} UTC</dd></div>
      <div><dt>Changed</dt><dd>${dateTime(user.modifiedAt)} UTC</dd></div>
    </dl>
    <h3>Attributes</h3>
    <dl class="claims">
      ${Object.entries({ sub: user.sub, ...user.attributes }).map(
        ([name, value]) => html`<div><dt>${name}</dt><dd><code>${value}</code></dd></div>`,
      )}
    </dl>
    ${groups(pool, user)} ${actions(pool, user)} ${failure === "" ? nothing : html`<p class="reason">${failure}</p>`}
  </section>`;
}

/** @param {ConsolePool} pool @param {ConsoleUser} user */
function groups(pool, user) {
  if (pool.groups.length === 0) return nothing;
  return html`<fieldset><legend>Groups (a new token shows them)</legend>
    ${pool.groups.map((GroupName) => {
      const isMember = user.groups.includes(GroupName);
      const operation = isMember ? "AdminRemoveUserFromGroup" : "AdminAddUserToGroup";
      return html`<label class="radio"><input type="checkbox" .checked=${isMember}
        @change=${() => run(pool, user, operation, { GroupName })}> ${GroupName}</label>`;
    })}
  </fieldset>`;
}

/** @param {ConsolePool} pool @param {ConsoleUser} user */
function actions(pool, user) {
  /** @param {string} label @param {string} operation */
  const button = (label, operation) =>
    html`<button type="button" @click=${() => run(pool, user, operation)}>${label}</button>`;
  const asked = typed(user.sub, "delete") === "asked";
  return html`<p class="actions">
    ${user.status === "UNCONFIRMED" ? button("Confirm", "AdminConfirmSignUp") : nothing}
    ${user.enabled ? button("Disable", "AdminDisableUser") : button("Enable", "AdminEnableUser")}
    ${
      asked
        ? button(`Delete ${user.username} for good`, "AdminDeleteUser")
        : html`<button type="button" class="quiet" @click=${() => setTyped(user.sub, "delete", "asked")}>Delete</button>`
    }
  </p>`;
}

/** @param {ConsolePool} pool @param {ConsoleUser} user @param {string} operation @param {object} [more] */
async function run(pool, user, operation, more) {
  try {
    await cognito(operation, { UserPoolId: pool.id, Username: user.username, ...more });
    setTyped(user.sub, "failure", "");
    announce(`${operation}: done`);
  } catch (error) {
    setTyped(user.sub, "failure", String(error));
    announce(String(error));
  }
  update();
}

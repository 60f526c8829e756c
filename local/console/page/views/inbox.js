import { repeat } from "/_console/lib/directives/repeat.js";
import { html, nothing } from "/_console/lib/lit-html.js";
import { clock } from "../format.js";
import { copyButton, paged } from "../parts.js";
import { applyCode } from "./account.js";

/** @typedef {import("../state.js").InboxMessage} InboxMessage */

/** @param {readonly InboxMessage[]} messages oldest first */
export const inbox = (messages) => html`<section aria-labelledby="inbox-title">
  <h2 id="inbox-title">Inbox</h2>
  ${messages.length === 0 ? html`<p class="hint">Codes and mails that Cognito would send appear here.</p>` : nothing}
  ${paged("inbox", [...messages].reverse(), (shown) => html`<ol class="mails">${repeat(shown, ({ id }) => id, mail)}</ol>`, 5)}
</section>`;

/** Purposes of the codes that the account's forms take. */
const USABLE = new Set(["sign-up", "sign-in", "temporary password"]);

/** @param {InboxMessage} message */
const mail = (message) => html`<li class="card">
  <p class="meta"><time>${clock(message.time)}</time> to <b>${message.destination}</b> · ${message.purpose}</p>
  ${message.subject === undefined ? nothing : html`<p><b>${message.subject}</b></p>`}
  ${message.text === undefined ? nothing : html`<p class="mail-text">${message.text}</p>`}
  <p class="actions"><code class="big">${message.code}</code>
    ${USABLE.has(message.purpose) ? html`<button type="button" @click=${() => applyCode(message)}>Use it</button>` : nothing}
    ${copyButton("code", message.code)}</p>
</li>`;

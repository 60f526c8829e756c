import { html, nothing } from "/_console/lib/lit-html.js";
import { remaining } from "../format.js";
import { claimText, decode, purpose } from "../jwt.js";
import { code, copyButton } from "../parts.js";
import { update } from "../state.js";

/** @typedef {import("../state.js").Session} Session */

/** @param {Session} session */
export function tokens({ idToken, accessToken, refreshToken }) {
  tickEverySecond();
  return html`<section aria-labelledby="tokens-title">
    <h2 id="tokens-title">Tokens</h2>
    ${token("Id token", idToken, true)} ${token("Access token", accessToken, false)}
    <details>
      <summary>Refresh token</summary>
      <p class="hint">Opaque: only Cognito can read it. It gets new tokens until it expires or is revoked.</p>
      ${
        refreshToken === undefined
          ? html`<p>In an HttpOnly cookie, which no page can read.</p>`
          : html`${code("Refresh token", refreshToken)} ${copyButton("refresh token", refreshToken)}`
      }
    </details>
  </section>`;
}

/** @param {string} name @param {string} encoded @param {boolean} open */
function token(name, encoded, open) {
  const decoded = decode(encoded);
  if (!decoded) return html`<p>${name}: not a JSON Web Token</p>`;
  const { header, claims } = decoded;
  const expiry = claims["exp"];
  return html`<details ?open=${open}>
    <summary>${name}
      ${typeof expiry === "number" ? html`<span class="timer">${remaining(expiry - Date.now() / 1000)}</span>` : nothing}
    </summary>
    <p class="meta">${header["alg"]}, key <code>${header["kid"]}</code></p>
    <dl class="claims">
      ${Object.entries(claims).map(
        ([claim, value]) =>
          html`<div><dt>${claim}</dt><dd><code>${claimText(claim, value)}</code><small>${purpose(claim)}</small></dd></div>`,
      )}
    </dl>
    ${copyButton(name.toLowerCase(), encoded)}
  </details>`;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Renders again in a second, as long as tokens are shown. */
function tickEverySecond() {
  clearTimeout(timer);
  timer = setTimeout(update, 1000);
}

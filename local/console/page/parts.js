/** Pieces that several views share. */

import { live } from "/_console/lib/directives/live.js";
import { html, nothing } from "/_console/lib/lit-html.js";
import { pretty, statusClass } from "./format.js";
import { announce, requestBy, state, update } from "./state.js";

/** @param {string} what @param {string} text */
export const copyButton = (what, text) => html`
  <button type="button" class="quiet" @click=${() => copy(what, text)}>Copy ${what}</button>`;

/** @param {string} what @param {string} text */
async function copy(what, text) {
  try {
    await navigator.clipboard.writeText(text);
    announce(`Copied ${what}`);
  } catch {
    announce(`The browser did not allow copying ${what}`);
  }
}

/** Scrollable text that the keyboard can reach. @param {string} label @param {string} text */
export const code = (label, text) => html`<pre tabindex="0" role="region" aria-label=${label}>${text}</pre>`;

/** @param {string} form @param {string} field @param {string} [initial] */
export const typed = (form, field, initial = "") => state.typed.get(`${form} ${field}`) ?? initial;

/** @param {string} form @param {string} field @param {string} value */
export const setTyped = (form, field, value) => update(() => state.typed.set(`${form} ${field}`, value));

/**
 * @typedef {object} InputOptions
 * @property {string} form
 * @property {string} name
 * @property {string} [place] sets apart inputs that share a value: ids are unique on a page
 * @property {string} [label]
 * @property {string} [initial]
 * @property {string} [hint]
 * @property {boolean} [required]
 * @property {"text" | "number" | "boolean" | "choice" | "lines" | "json"} [kind]
 * @property {readonly string[]} [choices]
 */

/** A labelled input whose value outlives the view. @param {InputOptions} options */
export function input({
  form,
  name,
  place = form,
  label = name,
  initial = "",
  hint = "",
  required = false,
  kind = "text",
  choices = [],
}) {
  const id = `${place}-${name}`.replace(/[^\w-]+/g, "-");
  const value = typed(form, name, initial);
  const describedBy = hint === "" ? nothing : `${id}-hint`;
  /** @param {Event} event */
  const oninput = (event) => setTyped(form, name, /** @type {HTMLInputElement} */ (event.target).value);
  const options = kind === "boolean" ? ["true", "false"] : choices;
  const control =
    options.length > 0
      ? html`<select id=${id} aria-describedby=${describedBy} .value=${live(value)} @change=${oninput}>
          ${["", ...options].map((one) => html`<option ?selected=${one === value}>${one}</option>`)}
        </select>`
      : kind === "lines" || kind === "json"
        ? html`<textarea id=${id} rows=${kind === "json" ? 6 : 3} spellcheck="false" aria-describedby=${describedBy}
            .value=${live(value)} @input=${oninput}></textarea>`
        : html`<input id=${id} autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby=${describedBy}
            inputmode=${kind === "number" ? "decimal" : nothing} .value=${live(value)} @input=${oninput}>`;
  return html`<div class="field">
    <label for=${id}>${label}${required ? html` <span class="required">required</span>` : nothing}</label>
    ${control}
    ${hint === "" ? nothing : html`<small id="${id}-hint">${kind === "lines" ? "one per line; " : ""}${hint}</small>`}
  </div>`;
}

/** @param {number | undefined} value */
export const status = (value) => html`<span class="status ${statusClass(value)}">${value ?? "no response"}</span>`;

/**
 * The last response of a form.
 * @param {string} form
 * @param {boolean} [isBrief] folds the body of a success
 */
export function outcome(form, isBrief = false) {
  const found = state.outcomes.get(form);
  if (!found) return nothing;
  const request = found.requestId === null ? undefined : requestBy(found.requestId);
  const body = found.text === "" ? nothing : code("Response body", pretty(found.text));
  return html`<section class="outcome" aria-label="Response to ${found.title}">
    <p><code>${found.title}</code> ${status(found.status)}
      ${request ? html`<a href="#/requests/${request.id}">How the gateway decided</a>` : nothing}</p>
    ${request?.rejected ? html`<p class="reason">${request.rejected.detail}</p>` : nothing}
    ${isBrief && found.status === 200 ? html`<details><summary>Response body</summary>${body}</details>` : body}
  </section>`;
}

/** @param {string} text @param {string} form @param {string} field */
export const search = (text, form, field) => html`<div class="field search">
  <label for="${form}-${field}">${text}</label>
  <input id="${form}-${field}" type="search" .value=${live(typed(form, field))}
    @input=${(/** @type {Event} */ event) => setTyped(form, field, /** @type {HTMLInputElement} */ (event.target).value)}>
</div>`;

const PAGE = 100;

/**
 * The first hundred, and more on demand: a thousand rows stay fluid.
 * @template T
 * @param {string} form
 * @param {readonly T[]} all
 * @param {(shown: readonly T[]) => unknown} list
 * @param {number} [page] how many more at a time
 */
export function paged(form, all, list, page = PAGE) {
  const shown = Number(typed(form, "shown", String(page)));
  return html`${list(all.slice(0, shown))}
    ${
      all.length > shown
        ? html`<button type="button" @click=${() => setTyped(form, "shown", String(shown + page))}>
          Show more (${shown} of ${all.length})</button>`
        : nothing
    }`;
}

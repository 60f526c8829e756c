import { html, nothing } from "/_console/lib/lit-html.js";
import { read } from "../api.js";
import { loader } from "../loader.js";
import { state, update } from "../state.js";

/** @typedef {import("../state.js").TablePage} TablePage */
/** @typedef {import("../../protocol").ConsoleTable} ConsoleTable */

/** @type {ReturnType<typeof loader<TablePage>>} */
const pages = loader();

/** Further pages of the table, read on demand. @type {{of: TablePage | undefined, pages: TablePage[]}} */
let further = { of: undefined, pages: [] };

/** @param {import("../state.js").Overview} overview @param {string} selected */
export function tablesView({ tables }, selected) {
  const table = tables.find(({ name }) => name === selected) ?? tables[0];
  if (!table) return html`<p class="hint">The stack declares no DynamoDB table.</p>`;
  const path = `tables/${encodeURIComponent(table.name)}`;
  const { data: first, error } = pages.get(path, state.changes);
  if (further.of !== first) further = { of: first, pages: [] };
  const all = first ? [first, ...further.pages] : [];
  const next = all.at(-1)?.next;
  return html`
    <nav aria-label="Tables" class="tabs">
      ${tables.map(({ name }) => html`<a href="#/tables/${encodeURIComponent(name)}" aria-current=${name === table.name ? "true" : nothing}>${name}</a>`)}
    </nav>
    ${error === "" ? nothing : html`<p class="reason">${error}</p>`}
    ${
      first
        ? rowsTable(
            table,
            all.flatMap(({ rows }) => rows),
          )
        : nothing
    }
    ${next ? html`<button type="button" @click=${() => readMore(path, next)}>Show more rows</button>` : nothing}`;
}

/** @param {string} path @param {object} after */
async function readMore(path, after) {
  const { of } = further;
  const page = await read(`${path}?after=${encodeURIComponent(JSON.stringify(after))}`);
  if (further.of === of) update(() => further.pages.push(page));
}

/** @param {ConsoleTable} table @param {readonly Readonly<Record<string, unknown>>[]} rows */
function rowsTable({ name, partitionKey, sortKey }, rows) {
  const keys = [partitionKey, ...(sortKey === undefined ? [] : [sortKey])];
  const others = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    .filter((column) => !keys.includes(column))
    .sort();
  const columns = [...keys, ...others];
  if (rows.length === 0) return html`<p class="hint">No row yet. Its key: ${keys.join(", ")}.</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Rows of ${name}">
    <table>
      <caption>${rows.length} ${rows.length === 1 ? "row" : "rows"} of ${name}; its key: ${keys.join(", ")}</caption>
      <thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
      <tbody>
        ${rows.map((row) => html`<tr>${columns.map((column) => html`<td>${cell(row[column])}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
}

/** @param {unknown} value */
const cell = (value) => (value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value));

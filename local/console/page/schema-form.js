/** Fields of a JSON Schema object, and the body that their values make. */

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {"text" | "number" | "boolean" | "choice" | "lines" | "json"} kind
 * @property {boolean} required
 * @property {readonly string[]} choices
 * @property {string} hint
 */

/** @typedef {Readonly<Record<string, unknown>>} Schema */

/**
 * @param {Schema | undefined} schema
 * @returns {Field[] | undefined} undefined if the schema describes no object with properties: edit such a body as JSON
 */
export function fieldsOf(schema) {
  const properties = /** @type {Record<string, Schema> | undefined} */ (schema?.["properties"]);
  if (!properties) return undefined;
  const required = new Set(list(schema?.["required"]));
  return Object.entries(properties).map(([name, property]) => ({
    name,
    kind: kindOf(property),
    required: required.has(name),
    choices: list(property["enum"]).map(String),
    hint: hintOf(property),
  }));
}

/**
 * @param {Schema} property
 * @returns {Field["kind"]}
 */
function kindOf(property) {
  if (Array.isArray(property["enum"])) return "choice";
  const [type] = list(property["type"]).filter((one) => one !== "null");
  if (type === "string") return "text";
  if (type === "number" || type === "integer") return "number";
  if (type === "boolean") return "boolean";
  const items = /** @type {Schema | undefined} */ (property["items"]);
  return type === "array" && items?.["type"] === "string" ? "lines" : "json";
}

const BOUNDS = /** @type {const} */ ([
  ["minLength", "maxLength", "characters"],
  ["minimum", "maximum", ""],
  ["minItems", "maxItems", "items"],
]);

/** @param {Schema} property */
function hintOf(property) {
  const bounds = BOUNDS.flatMap(([least, most, unit]) => {
    const [from, to] = [property[least], property[most]];
    if (from === undefined && to === undefined) return [];
    const range = to === undefined ? `at least ${from}` : from === undefined ? `at most ${to}` : `${from} to ${to}`;
    return [`${range} ${unit}`.trim()];
  });
  const pattern = property["pattern"] === undefined ? [] : [`matches ${property["pattern"]}`];
  const text = [property["description"], ...bounds, ...pattern].filter(Boolean).join(", ");
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

/**
 * The body: fields left empty are left out, so that the API's own checks can be seen.
 * @param {readonly Field[]} fields
 * @param {(name: string) => string} read
 */
export function bodyOf(fields, read) {
  /** @type {Record<string, unknown>} */
  const body = {};
  for (const { name, kind } of fields) {
    const text = read(name);
    if (text !== "") body[name] = typed(kind, text);
  }
  return body;
}

/**
 * Text that does not fit its kind is sent as text: the API says what is wrong with it.
 * @param {Field["kind"]} kind
 * @param {string} text
 */
function typed(kind, text) {
  if (kind === "number") return Number.isNaN(Number(text)) ? text : Number(text);
  if (kind === "boolean") return text === "true";
  if (kind === "lines") return text.split("\n").filter((line) => line !== "");
  if (kind !== "json") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * The path with its parameters, and the query.
 * @param {string} url `/v1/notes/{id}`
 * @param {readonly {in: string, name: string}[]} parameters
 * @param {(place: string, name: string) => string} read
 * @param {string} more further query: `limit=10&tag=a`
 */
export function targetOf(url, parameters, read, more = "") {
  const path = url.replace(/\{([^}+]+)(\+?)\}/g, (_, name, greedy) => {
    const value = read("path", name);
    return greedy ? value.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const { in: place, name } of parameters) {
    const value = read(place, name);
    if (place === "query" && value !== "") query.append(name, value);
  }
  for (const [name, value] of new URLSearchParams(more)) query.append(name, value);
  return query.size > 0 ? `${path}?${query}` : path;
}

/**
 * @param {unknown} value
 * @returns {unknown[]}
 */
const list = (value) => [value ?? []].flat();

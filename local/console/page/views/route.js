import { html, nothing } from "/_console/lib/lit-html.js";
import { send } from "../api.js";
import { curl } from "../curl.js";
import { code, copyButton, input, outcome, setTyped, typed } from "../parts.js";
import { bodyOf, fieldsOf, targetOf } from "../schema-form.js";
import { state } from "../state.js";

/** @typedef {import("../state.js").ConsoleRoute} ConsoleRoute */

/** @param {ConsoleRoute} route */
export function routeView(route) {
  const request = requestOf(route);
  const command = curl({
    method: request.method,
    url: `${window.location.origin}${request.target}`,
    headers: Object.entries({
      ...(request.body !== undefined && { "Content-Type": "application/json" }),
      ...request.headers,
    }),
    body: request.body ?? "",
  });
  return html`<section class="detail" aria-labelledby="route-title">
    <a class="back" href="#/routes">All routes</a>
    <h2 id="route-title" tabindex="-1"><span class="method">${route.method}</span> ${route.url}</h2>
    ${facts(route)}
    <form novalidate @submit=${(/** @type {Event} */ event) => submit(event, route)}>
      ${fields(route)} ${tokenChoice(route)}
      <button class="main">Send ${request.method}</button>
    </form>
    ${outcome(formOf(route))}
    <h3>The same with curl</h3>
    ${code("curl command", command)} ${copyButton("curl command", command)}
  </section>`;
}

/** @param {ConsoleRoute} route */
const formOf = ({ method, url }) => `${method} ${url}`;

/** @param {ConsoleRoute} route */
const facts = ({
  isPrivate,
  authorizer,
  tokenHeader,
  scopes,
  limits,
  timeoutMs,
  functionName,
}) => html`<dl class="facts">
  <div><dt>Access</dt><dd>${isPrivate ? "private" : "public"}</dd></div>
  ${
    isPrivate
      ? html`<div><dt>Authorizer</dt><dd><code>${authorizer}</code></dd></div>
        <div><dt>Token</dt><dd>${scopes.length > 0 ? "access" : "id"} token in <code>${tokenHeader}</code></dd></div>
        ${scopes.length > 0 ? html`<div><dt>Scopes, one of</dt><dd>${scopes.join(", ")}</dd></div>` : nothing}`
      : nothing
  }
  <div><dt>Limits</dt><dd>${limits ? `${limits.rate} per second, burst ${limits.burst}` : "none"}</dd></div>
  <div><dt>Time-out</dt><dd>${timeoutMs / 1000} s</dd></div>
  <div><dt>Function</dt><dd><code>${functionName}</code></dd></div>
</dl>`;

/** @param {ConsoleRoute} route */
function fields(route) {
  const form = formOf(route);
  const parameters = route.parameters.map(({ in: place, name, required }) =>
    input({ form, name: `${place}:${name}`, label: `${name} (${place})`, required }),
  );
  if (!takesBody(route)) return [...parameters, queryInput(form)];
  const known = fieldsOf(route.bodySchema);
  if (known === undefined || isJson(route)) {
    const initial = JSON.stringify(known ? bodyOf(known, (name) => typed(form, name)) : {}, null, 2);
    return [
      ...parameters,
      input({ form, name: ":json", label: "Body (JSON)", kind: "json", initial }),
      known ? modeButton(route, "Edit as fields", "") : nothing,
    ];
  }
  return [...parameters, ...known.map((field) => input({ form, ...field })), modeButton(route, "Edit as JSON", "yes")];
}

/** A REST API declares only the parameters that it requires. @param {string} form */
const queryInput = (form) =>
  input({ form, name: ":query", label: "Further query", hint: "such as limit=10&cursor=abc" });

/** @param {ConsoleRoute} route */
const isJson = (route) => typed(formOf(route), ":as json") === "yes";

/** @param {ConsoleRoute} route @param {string} label @param {string} value */
const modeButton = (route, label, value) => html`<button type="button" class="quiet"
  @click=${() => {
    state.typed.delete(`${formOf(route)} :json`);
    setTyped(formOf(route), ":as json", value);
  }}>${label}</button>`;

/** @param {ConsoleRoute} route */
const takesBody = ({ method, bodySchema }) => bodySchema !== undefined || !/^(GET|HEAD|DELETE)$/.test(method);

/** @param {ConsoleRoute} route */
function tokenChoice(route) {
  const choices = ["none", ...(state.session ? ["id token", "access token"] : [])];
  const choice = chosenToken(route);
  return html`<fieldset><legend>Send as</legend>
    ${choices.map(
      (
        one,
      ) => html`<label class="radio"><input type="radio" name="token" ?checked=${one === choice} .checked=${one === choice}
        @change=${() => setTyped("all", "token", one)}> ${one === "none" ? "nobody (no token)" : `${state.session?.username}, ${one}`}</label>`,
    )}
    ${state.session ? nothing : html`<small><a href="#/account">Sign in</a> to send a token.</small>`}
  </fieldset>`;
}

/** The token that the route expects, unless another was chosen. @param {ConsoleRoute} route */
function chosenToken({ isPrivate, scopes }) {
  if (!state.session) return "none";
  return typed("all", "token", !isPrivate ? "none" : scopes.length > 0 ? "access token" : "id token");
}

/** @param {ConsoleRoute} route */
function requestOf(route) {
  const form = formOf(route);
  /** @param {string} place @param {string} name */
  const parameter = (place, name) => typed(form, `${place}:${name}`);
  /** @type {Record<string, string>} */
  const headers = {};
  for (const { in: place, name } of route.parameters) {
    if (place === "header" && parameter(place, name) !== "") headers[name] = parameter(place, name);
  }
  const token = chosenToken(route) === "access token" ? state.session?.accessToken : state.session?.idToken;
  if (token !== undefined && chosenToken(route) !== "none") {
    const name = route.tokenHeader ?? "Authorization";
    headers[name] = /^authorization$/i.test(name) ? `Bearer ${token}` : token;
  }
  return {
    method: route.method === "ANY" ? "POST" : route.method,
    target: targetOf(route.url, route.parameters, parameter, typed(form, ":query")),
    headers,
    body: bodyText(route),
  };
}

/** @param {ConsoleRoute} route */
function bodyText(route) {
  if (!takesBody(route)) return undefined;
  const form = formOf(route);
  const known = fieldsOf(route.bodySchema);
  const body = JSON.stringify(known ? bodyOf(known, (name) => typed(form, name)) : {});
  return known && !isJson(route) ? body : typed(form, ":json", body);
}

/** @param {Event} event @param {ConsoleRoute} route */
function submit(event, route) {
  event.preventDefault();
  void send(formOf(route), requestOf(route));
}

import { html, nothing } from "/_console/lib/lit-html.js";
import { input, outcome, setTyped, typed } from "../parts.js";
import { state, update } from "../state.js";
import { confirm, renew, respondToChallenge, signIn, signOut, signUp } from "../user-flow.js";
import { inbox } from "./inbox.js";
import { tokens } from "./tokens.js";

/** @typedef {import("../state.js").Overview} Overview */

/** @param {Overview} overview */
export function accountView(overview) {
  const [pool] = overview.pools;
  if (!pool) return html`<p class="hint">The stack declares no user pool.</p>`;
  return html`<div class="split even">
    <section class="list" aria-label="Sign up and sign in">
      ${state.session ? signedIn(overview) : nothing}
      ${
        pool.adminCreateOnly
          ? html`<p class="hint">Only an administrator creates users of this pool.</p>`
          : [signUpForm(overview), confirmForm(overview)]
      }
      ${state.session ? nothing : signInForm(overview)}
    </section>
    <div class="detail">${inbox(state.messages)} ${state.session ? tokens(state.session) : nothing}</div>
  </div>`;
}

/** @type {Readonly<Record<string, string>>} */
const DEFAULTS = { username: "ada", password: "Correct-Horse-7-Battery", email: "ada@example.com" };

/** @param {Overview} overview */
const isEmailName = ({ pools }) => pools[0]?.emailAsUsername === true;

/** @param {Overview} overview @param {string} name */
const initial = (overview, name) =>
  (name === "username" && isEmailName(overview) ? DEFAULTS["email"] : DEFAULTS[name]) ?? "";

/** All forms share what was typed: the user who signs up is the one who confirms and signs in. */
export const FORM = "account";

/** @param {Overview} overview @param {readonly string[]} names */
const valuesOf = (overview, names) =>
  Object.fromEntries(names.map((name) => [name, typed(FORM, name, initial(overview, name))]));

/**
 * @param {Overview} overview
 * @param {{title: string, step: string, names: readonly string[], button: string, run: (overview: Overview, values: Record<string, string>) => Promise<unknown>}} options
 */
function form(overview, { title, step, names, button, run }) {
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    void run(overview, valuesOf(overview, names));
  };
  return html`<form novalidate aria-labelledby="${step}-title" @submit=${submit}>
    <h2 id="${step}-title">${title}</h2>
    ${names.map((name) => input({ form: FORM, name, place: step, initial: initial(overview, name) }))}
    <button class="main">${button}</button>
    ${outcome(step, true)}
  </form>`;
}

/** @param {Overview} overview */
const signUpForm = (overview) =>
  form(overview, {
    title: "1. Sign up",
    step: "sign-up",
    names: isEmailName(overview) ? ["username", "password"] : ["username", "password", "email"],
    button: "Sign up",
    run: signUp,
  });

/** @param {Overview} overview */
const confirmForm = (overview) =>
  form(overview, {
    title: "2. Confirm with the code",
    step: "confirm",
    names: ["username", "code"],
    button: "Confirm",
    run: confirm,
  });

/** @param {Overview} overview */
function signInForm(overview) {
  const { challenge } = state;
  if (!challenge) {
    return form(overview, {
      title: "3. Sign in",
      step: "sign-in",
      names: ["username", "password"],
      button: "Sign in",
      run: signIn,
    });
  }
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    void respondToChallenge(overview, challenge, typed(FORM, challenge.name));
  };
  return html`<form novalidate aria-labelledby="challenge-title" @submit=${submit}>
    <h2 id="challenge-title">3. Respond to the challenge ${challenge.name}</h2>
    ${input({ form: FORM, name: challenge.name, place: "challenge", label: CHALLENGES[challenge.name] ?? "Response" })}
    <button class="main">Respond</button>
    <button type="button" class="quiet" @click=${() =>
      update(() => {
        state.challenge = undefined;
      })}>Start again</button>
    ${outcome("sign-in", true)}
  </form>`;
}

/** @type {Readonly<Record<string, string>>} */
const CHALLENGES = {
  NEW_PASSWORD_REQUIRED: "New password",
  SOFTWARE_TOKEN_MFA: "Code of the authenticator app",
  EMAIL_OTP: "Code from the mail",
};

/** @param {Overview} overview */
const signedIn = (overview) => html`<section aria-labelledby="signed-in-title" class="card">
  <h2 id="signed-in-title">Signed in as ${state.session?.username}</h2>
  <button type="button" @click=${() => renew(overview)}>Renew the tokens</button>
  <button type="button" @click=${() => signOut(overview)}>Sign out</button>
  <button type="button" class="quiet" @click=${() =>
    update(() => {
      state.session = undefined;
    })}>Forget the tokens</button>
  ${outcome("sign-in", true)}
</section>`;

/** Fills the forms with a mail's code, and goes to the one that takes it. @param {import("../state.js").InboxMessage} message */
export function applyCode({ username, code, purpose }) {
  const [place, field] =
    purpose === "temporary password"
      ? ["sign-in", "password"]
      : state.challenge?.name === "EMAIL_OTP"
        ? ["challenge", "EMAIL_OTP"]
        : ["confirm", "code"];
  setTyped(FORM, "username", username);
  setTyped(FORM, field, code);
  document.getElementById(`${place}-${field}`)?.focus();
}

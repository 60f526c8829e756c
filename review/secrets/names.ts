/** What the review takes for a secret although no provider marks it: by the name of its place, or by its shape. */

/** Any value of such a name is a secret, unless it refers to where one is kept. */
const SURE =
  /(pass(word|wd|phrase)|(^|_)(pw|pwd|pass)|secret|(private|api|secret|signing|encryption|master)_?key(_pem|_base)?|secret_access_key|connection_string)$/;
/** A value of such a name is a secret when it looks random: `REFRESH_TOKEN` may be the name of a cookie. */
const LIKELY = /(token|credentials?|(access|auth|account|shared|storage)_?key|salt)$/;

/** ARN, path, URL, API Gateway or Terraform expression, flag, number: where a secret is kept, or no secret at all. */
const REFERENCE =
  /^(arn:|\/|https?:\/\/[^@]*$|\$|\{\{resolve:|(method|integration|context|stageVariables)\.|\d{1,6}$|(true|false|null|none|enabled|disabled|required|optional)$|[a-z][a-z0-9_.-]*(\/[a-z0-9_.-]+)+$)/i;
/** `shop-client-secret`: the name of a secret in its store. */
const STORE_NAME = /^[a-z]+([-_.][a-z]+)*[-_.](secrets?|keys?|passwords?|credentials?|tokens?)$/;

/** Private keys, signed tokens, tokens of well-known services, URLs with a password. */
const SHAPES = [
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  /\b(gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|sk_live_\w{10,}|xox[abprs]-[\w-]{10,}|npm_\w{30,}|SG\.[\w-]{16,}\.[\w-]{16,})/,
];
const URL_PASSWORD = /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:([^\s/@]+)@/i;

type Sureness = "sure" | "likely" | "none";
const known = new Map<string, Sureness>();

/** `dbPassword`, `DB_PASSWORD` and `db-password` alike. */
function sureness(name: string): Sureness {
  const found = known.get(name);
  if (found) return found;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[-.\s]/g, "_");
  const result = SURE.test(words) ? "sure" : LIKELY.test(words) ? "likely" : "none";
  if (known.size < 10_000) known.set(name, result);
  return result;
}

/** Whether a text at a place of that name is a secret. */
export function isSecretText(name: string, text: string): boolean {
  const sure = sureness(name);
  if (sure === "none" || text === "" || REFERENCE.test(text)) return false;
  if (sure === "sure") return !STORE_NAME.test(text);
  return text.length >= 8 && /[a-z]/i.test(text) && (/\d/.test(text) || /[a-z][A-Z]/.test(text));
}

/** A text that says where something is, and is no secret even where it is marked. */
export const isReference = (text: string): boolean => text === "" || REFERENCE.test(text);

/** The secret in a text, whatever its place is called: all of it, or the password of a URL. */
export function secretInText(text: string): string | undefined {
  if (text.length < 12) return undefined;
  if (text.includes("://")) {
    const password = URL_PASSWORD.exec(text)?.[1];
    if (password !== undefined && !password.startsWith("$")) return password;
  }
  return SHAPES.some((shape) => shape.test(text)) ? text : undefined;
}

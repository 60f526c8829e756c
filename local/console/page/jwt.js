/** @typedef {Record<string, unknown>} Claims */

/**
 * Header and payload of a JSON Web Token, unverified: the gateway verifies it.
 * @param {string} token
 * @returns {{header: Claims, claims: Claims} | undefined}
 */
export function decode(token) {
  const [header, payload] = token.split(".");
  try {
    return { header: part(header ?? ""), claims: part(payload ?? "") };
  } catch {
    return undefined;
  }
}

/** @param {string} text */
function part(text) {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** What each claim is for: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html */
const PURPOSES = /** @type {Readonly<Record<string, string>>} */ ({
  sub: "The user's identifier: never changes and is never used again. Key your data by it.",
  "cognito:username": "The user name in the pool, which a refresh with a secret hash needs.",
  username: "The user name in the pool.",
  "cognito:groups": "Groups of the user: what a function checks for access of administrators.",
  "cognito:roles": "IAM roles of the groups, for identity pools.",
  "cognito:preferred_role": "IAM role of the group with the lowest precedence.",
  iss: "Issuer: region and user pool. The authorizer accepts no other.",
  aud: "Audience: the app client that the token was issued to.",
  client_id: "The app client that the token was issued to.",
  token_use: "What the token is for: id (who the user is) or access (what the caller may do).",
  scope: "What an access token allows. Routes with scopes need one of theirs.",
  auth_time: "When the user signed in; a refresh does not change it.",
  iat: "When this token was issued.",
  exp: "When this token stops working. A revoked sign-in does not end it earlier at the gateway.",
  jti: "Identifier of this token.",
  origin_jti: "Identifier of the sign-in: revoking its refresh token ends all tokens with it.",
  event_id: "Identifier of the sign-in event, for the pool's logs.",
  email: "The user's e-mail address, unless an administrator changed it: check email_verified.",
  email_verified: "Whether the user has proved to own the address.",
  phone_number: "The user's telephone number.",
  phone_number_verified: "Whether the user has proved to own the number.",
  name: "The user's full name.",
});

/** @param {string} claim */
export function purpose(claim) {
  if (Object.hasOwn(PURPOSES, claim)) return PURPOSES[claim] ?? "";
  return claim.startsWith("custom:") ? "An attribute of your pool's own schema." : "";
}

const TIMES = new Set(["exp", "iat", "auth_time", "nbf"]);

/**
 * A claim's value as text; times also as dates.
 * @param {string} claim
 * @param {unknown} value
 */
export function claimText(claim, value) {
  if (TIMES.has(claim) && typeof value === "number") return `${value} (${new Date(value * 1000).toISOString()})`;
  return typeof value === "string" ? value : JSON.stringify(value);
}

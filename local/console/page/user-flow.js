/** Sign-up to sign-out: through the API's own routes, or at the local Cognito where the API has none. */
import { cognito, dataOf, send } from "./api.js";
import { announce, state, update } from "./state.js";

/** @typedef {import("./state.js").Overview} Overview */
/** @typedef {Record<string, string>} Values */

/**
 * @param {Overview} overview
 * @param {string} step the form that shows the outcome
 * @param {{path: string, body: object}} route of the API
 * @param {{operation: string, input: object}} direct at Cognito
 * @returns {Promise<Record<string, unknown>>} what was returned, nothing for an error
 */
async function run({ routes }, step, { path, body }, { operation, input }) {
  const route = routes.find((one) => one.method === "POST" && one.path === path);
  if (route) {
    // Functions that read a cookie want this header, which no form of another page can send.
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    const request = { method: "POST", target: route.url, headers, body: JSON.stringify(body) };
    return dataOf((await send(step, request)).text);
  }
  const title = `Cognito ${operation}`;
  /** @param {number} status @param {string} text */
  const show = (status, text) => {
    update(() => state.outcomes.set(step, { title, status, text, requestId: null }));
    announce(`${title}: ${status} ${text}`);
  };
  try {
    const output = await cognito(operation, input);
    show(200, "");
    return output;
  } catch (error) {
    show(400, String(error));
    return {};
  }
}

/** @param {Overview} overview */
const clientId = ({ pools }) => pools[0]?.clients[0]?.id ?? "";

/** @param {Overview} overview @param {Values} values */
export const signUp = (overview, values) =>
  run(
    overview,
    "sign-up",
    { path: "/user/sign-up", body: values },
    {
      operation: "SignUp",
      input: {
        ClientId: clientId(overview),
        Username: values["username"],
        Password: values["password"],
        ...(values["email"] && { UserAttributes: [{ Name: "email", Value: values["email"] }] }),
      },
    },
  );

/** @param {Overview} overview @param {Values} values */
export const confirm = (overview, values) =>
  run(
    overview,
    "confirm",
    { path: "/user/confirm-sign-up", body: values },
    {
      operation: "ConfirmSignUp",
      input: {
        ClientId: clientId(overview),
        Username: values["username"],
        ConfirmationCode: values["code"],
      },
    },
  );

/** @param {Overview} overview @param {Values} values */
export async function signIn(overview, values) {
  const output = await run(
    overview,
    "sign-in",
    { path: "/user/login", body: values },
    {
      operation: "InitiateAuth",
      input: {
        ClientId: clientId(overview),
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: values["username"], PASSWORD: values["password"] },
      },
    },
  );
  continueWith(output, values["username"] ?? "");
}

/** @type {Readonly<Record<string, string>>} */
const RESPONSES = {
  NEW_PASSWORD_REQUIRED: "NEW_PASSWORD",
  SOFTWARE_TOKEN_MFA: "SOFTWARE_TOKEN_MFA_CODE",
  EMAIL_OTP: "EMAIL_OTP_CODE",
};

/** @param {Overview} overview @param {import("./state.js").Challenge} challenge @param {string} response */
export async function respondToChallenge(overview, { name, session, username }, response) {
  const responses = { [RESPONSES[name] ?? "ANSWER"]: response };
  const body = { username, session, challenge_name: name, responses };
  const output = await run(
    overview,
    "sign-in",
    { path: "/user/login/challenge", body },
    {
      operation: "RespondToAuthChallenge",
      input: {
        ClientId: clientId(overview),
        ChallengeName: name,
        Session: session,
        ChallengeResponses: { USERNAME: username, ...responses },
      },
    },
  );
  continueWith(output, username);
}

/** @param {Overview} overview */
export async function renew(overview) {
  const { username = "", refreshToken } = state.session ?? {};
  const body = { username, ...(refreshToken !== undefined && { refresh_token: refreshToken }) };
  const output = await run(
    overview,
    "sign-in",
    { path: "/user/renew_refresh_token", body },
    {
      operation: "InitiateAuth",
      input: {
        ClientId: clientId(overview),
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { USERNAME: username, REFRESH_TOKEN: refreshToken },
      },
    },
  );
  continueWith(output, username);
}

/** @param {Overview} overview */
export async function signOut(overview) {
  const { refreshToken } = state.session ?? {};
  const body = refreshToken === undefined ? {} : { refresh_token: refreshToken };
  await run(
    overview,
    "sign-in",
    { path: "/user/logout", body },
    { operation: "RevokeToken", input: { ClientId: clientId(overview), Token: refreshToken } },
  );
  if (state.outcomes.get("sign-in")?.status === 200) {
    update(() => {
      state.session = undefined;
    });
  }
}

/**
 * Cognito's own output has other names than the API's; the API's tokens are taken from its response.
 * @param {Record<string, unknown>} output
 * @param {string} username
 */
function continueWith(output, username) {
  const name = output["challenge_name"] ?? output["ChallengeName"];
  const result = /** @type {Record<string, string> | undefined} */ (output["AuthenticationResult"]);
  update(() => {
    state.challenge =
      typeof name === "string"
        ? {
            name,
            session: String(output["session"] ?? output["Session"]),
            username: String(output["username"] ?? username),
          }
        : undefined;
    if (!result?.["IdToken"] || !result["AccessToken"]) return;
    const refreshToken = result["RefreshToken"] ?? state.session?.refreshToken;
    state.session = { username, idToken: result["IdToken"], accessToken: result["AccessToken"], refreshToken };
  });
}

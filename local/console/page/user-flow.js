/** Sign-up to sign-out: through the API's own routes, or at the local Cognito where the API has none. */
import { cognito, dataOf, send } from "./api.js";
import { announce, state, update } from "./state.js";

/** @typedef {import("./state.js").Overview} Overview */
/** @typedef {Record<string, string>} Values */

/**
 * @param {Overview} overview
 * @param {string} step
 * @param {string} path
 * @param {object} body
 * @param {() => Promise<unknown>} direct
 */
async function run({ routes }, step, path, body, direct) {
  const route = routes.find((one) => one.method === "POST" && one.path === path);
  if (route) return dataOf((await send(step, { method: "POST", target: route.url, body: JSON.stringify(body) })).text);
  try {
    const output = await direct();
    update(() => state.outcomes.set(step, { title: `Cognito ${step}`, status: 200, text: "", requestId: null }));
    announce(`${step}: done`);
    return /** @type {Record<string, unknown>} */ (output);
  } catch (error) {
    const text = String(error);
    update(() => state.outcomes.set(step, { title: `Cognito ${step}`, status: 400, text, requestId: null }));
    announce(text);
    return {};
  }
}

/** @param {Overview} overview */
const clientId = ({ pools }) => pools[0]?.clients[0]?.id ?? "";

/** @param {Overview} overview @param {Values} values */
export const signUp = (overview, values) =>
  run(overview, "sign-up", "/user/sign-up", values, () =>
    cognito("SignUp", {
      ClientId: clientId(overview),
      Username: values["username"],
      Password: values["password"],
      ...(values["email"] && { UserAttributes: [{ Name: "email", Value: values["email"] }] }),
    }),
  );

/** @param {Overview} overview @param {Values} values */
export const confirm = (overview, values) =>
  run(overview, "confirm", "/user/confirm-sign-up", values, () =>
    cognito("ConfirmSignUp", {
      ClientId: clientId(overview),
      Username: values["username"],
      ConfirmationCode: values["code"],
    }),
  );

/** @param {Overview} overview @param {Values} values */
export async function signIn(overview, values) {
  const output = await run(overview, "sign-in", "/user/login", values, () =>
    cognito("InitiateAuth", {
      ClientId: clientId(overview),
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: values["username"], PASSWORD: values["password"] },
    }),
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
  const output = await run(overview, "sign-in", "/user/login/challenge", body, () =>
    cognito("RespondToAuthChallenge", {
      ClientId: clientId(overview),
      ChallengeName: name,
      Session: session,
      ChallengeResponses: { USERNAME: username, ...responses },
    }),
  );
  continueWith(output, username);
}

/** @param {Overview} overview */
export async function renew(overview) {
  const { username = "", refreshToken } = state.session ?? {};
  const body = { username, ...(refreshToken !== undefined && { refresh_token: refreshToken }) };
  const output = await run(overview, "sign-in", "/user/renew_refresh_token", body, () =>
    cognito("InitiateAuth", {
      ClientId: clientId(overview),
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { USERNAME: username, REFRESH_TOKEN: refreshToken },
    }),
  );
  continueWith(output, username);
}

/** @param {Overview} overview */
export async function signOut(overview) {
  const { refreshToken } = state.session ?? {};
  const body = refreshToken === undefined ? {} : { refresh_token: refreshToken };
  await run(overview, "sign-in", "/user/logout", body, () =>
    cognito("RevokeToken", { ClientId: clientId(overview), Token: refreshToken }),
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

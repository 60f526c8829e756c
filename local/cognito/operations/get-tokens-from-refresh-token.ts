import * as v from "valibot";
import { findLogin, rotate } from "../logins";
import { operation } from "../operation";
import { clientId, clientSecret, token } from "../schema";
import { checkClientSecret } from "../secret-hash";
import { issueTokens } from "../tokens";

const request = v.object({ ClientId: clientId, RefreshToken: token, ClientSecret: v.nullish(clientSecret) });

/** Works without rotation too: it then returns no refresh token, and the old one stays valid. */
export const getTokensFromRefreshToken = operation(request, async (input, context) => {
  const client = context.client(input.ClientId);
  checkClientSecret(client, input.ClientSecret);
  const now = context.now();
  const { login, refreshToken, user } = findLogin(client, input.RefreshToken, now);
  const { rotationGraceSeconds } = client;
  const rotated =
    rotationGraceSeconds === undefined ? {} : { RefreshToken: rotate(client, refreshToken, rotationGraceSeconds, now) };
  const tokens = await issueTokens(context, client, user, {
    originJti: refreshToken.originJti,
    login,
    source: "RefreshTokens",
  });
  return { AuthenticationResult: { ...tokens, ...rotated } };
});

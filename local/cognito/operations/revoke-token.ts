import * as v from "valibot";
import { CognitoException } from "../errors";
import { operation } from "../operation";
import { clientId, clientSecret, token } from "../schema";
import { checkClientSecret } from "../secret-hash";
import { own } from "../store";

const request = v.object({ ClientId: clientId, Token: token, ClientSecret: v.nullish(clientSecret) });

/** Ends the sign-in of a refresh token. One that is unknown or already revoked is no error (RFC 7009, 2.2). */
export const revokeToken = operation(request, (input, context) => {
  const client = context.client(input.ClientId);
  const { state } = client.pool;
  checkClientSecret(client, input.ClientSecret);
  if (!client.revocation) {
    throw new CognitoException("UnsupportedOperationException", "Token revocation is not enabled for this client");
  }
  if (input.Token.split(".").length === 3) {
    throw new CognitoException("UnsupportedTokenTypeException", "Unsupported token type");
  }
  const login = own(state.logins, own(state.refreshTokens, input.Token)?.originJti ?? "");
  if (login && login.clientId !== client.id) {
    throw new CognitoException("UnauthorizedException", "The token was issued to another client");
  }
  if (login) login.revoked = true;
  return {};
});

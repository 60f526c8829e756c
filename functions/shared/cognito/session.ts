import type { AuthenticationResultType, InitiateAuthResponse } from "@aws-sdk/client-cognito-identity-provider";
import { CognitoError } from "../errors";
import { stringProperty } from "../json";

export interface Tokens {
  readonly id_token: string;
  readonly access_token: string;
  /** Seconds until the access token expires. */
  readonly expires_in: number;
  readonly token_type: string;
}

export interface Session extends Tokens {
  readonly refresh_token: string;
  /** The pool's own name of the user, which a refresh needs; it differs from what was typed if that was an alias. */
  readonly username: string;
}

/** A login that Cognito wants more for. There is no token in it. */
export interface Challenge {
  readonly challenge_name: string;
  readonly session: string | null;
  readonly challenge_parameters: Readonly<Record<string, string>>;
  /** The name to answer with: the pool's own if Cognito gave it, else the one that was typed. */
  readonly username: string;
}

const nothing = (operation: string) => new CognitoError(operation, "InvalidAnswer");

/**
 * What Cognito's answer to a login, or to a challenge, means. Only a full set of tokens is a success.
 * @throws {CognitoError} `InvalidAnswer` for anything that is neither that nor a challenge.
 */
export function sessionOf(operation: string, answer: InitiateAuthResponse, username: string): Session | Challenge {
  if (answer.ChallengeName) {
    const parameters = answer.ChallengeParameters ?? {};
    return {
      challenge_name: answer.ChallengeName,
      session: answer.Session ?? null,
      challenge_parameters: parameters,
      username: parameters.USER_ID_FOR_SRP ?? username,
    };
  }
  const tokens = tokensOf(operation, answer.AuthenticationResult);
  const refreshToken = answer.AuthenticationResult?.RefreshToken;
  const name = userNameOf(tokens.id_token);
  if (!refreshToken || !name) throw nothing(operation);
  return { ...tokens, refresh_token: refreshToken, username: name };
}

/** @throws {CognitoError} `InvalidAnswer` unless all of it is there. */
export function tokensOf(operation: string, result: AuthenticationResultType | undefined): Tokens {
  const { IdToken, AccessToken, ExpiresIn, TokenType } = result ?? {};
  if (!IdToken || !AccessToken || !ExpiresIn || !TokenType) throw nothing(operation);
  return { id_token: IdToken, access_token: AccessToken, expires_in: ExpiresIn, token_type: TokenType };
}

/** Not verified: the token comes from Cognito itself, over this function's own connection, and decides nothing here. */
function userNameOf(idToken: string): string | undefined {
  try {
    return stringProperty(
      JSON.parse(Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString()),
      "cognito:username",
    );
  } catch {
    return undefined;
  }
}

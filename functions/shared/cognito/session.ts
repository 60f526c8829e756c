import type { AuthenticationResultType, InitiateAuthResponse } from "@aws-sdk/client-cognito-identity-provider";
import { HttpError } from "../error-response";
import { isObject, type JsonObject, stringProperty } from "../json";
import { challengeKeys } from "../schemas";
import { CognitoError } from "./cognito-error";

export interface Tokens {
  readonly id_token: string;
  readonly access_token: string;
  /** Seconds until the access token expires. */
  readonly expires_in: number;
  readonly token_type: string;
}

export interface Session extends Tokens {
  readonly refresh_token: string;
  /** The user's name in the pool, which a refresh needs; not what the caller sent if that was an alias. */
  readonly username: string;
}

/** An unfinished login: Cognito asks for another factor or a new password. It holds no token. */
export interface Challenge {
  readonly challenge_name: string;
  readonly session: string | null;
  readonly challenge_parameters: Readonly<Record<string, string>>;
  /** User name to respond to the challenge with: the pool's own if Cognito sent it, otherwise the caller's. */
  readonly username: string;
}

const incomplete = (operation: string) => new CognitoError(operation, "InvalidResponse");

/**
 * Reads Cognito's response to a login or to a challenge. Only a full set of tokens is a success.
 * @throws {CognitoError} `InvalidResponse` if it holds neither that nor a challenge
 * @throws {HttpError} 403 for a challenge that the API takes no response to
 */
export function sessionOf(operation: string, response: InitiateAuthResponse, username: string): Session | Challenge {
  if (response.ChallengeName) {
    if (!Object.hasOwn(challengeKeys, response.ChallengeName)) {
      throw new HttpError(
        403,
        `This account must sign in by ${response.ChallengeName}, which this API does not support`,
      );
    }
    const parameters = response.ChallengeParameters ?? {};
    return {
      challenge_name: response.ChallengeName,
      session: response.Session ?? null,
      challenge_parameters: parameters,
      username: parameters.USER_ID_FOR_SRP ?? username,
    };
  }
  const tokens = tokensOf(operation, response.AuthenticationResult);
  const refreshToken = response.AuthenticationResult?.RefreshToken;
  const name = stringProperty(tokenClaims(tokens.id_token), "cognito:username");
  if (!refreshToken || !name) throw incomplete(operation);
  return { ...tokens, refresh_token: refreshToken, username: name };
}

/** @throws {CognitoError} `InvalidResponse` unless it is complete */
export function tokensOf(operation: string, result: AuthenticationResultType | undefined): Tokens {
  const { IdToken, AccessToken, ExpiresIn, TokenType } = result ?? {};
  if (!IdToken || !AccessToken || !ExpiresIn || !TokenType) throw incomplete(operation);
  return { id_token: IdToken, access_token: AccessToken, expires_in: ExpiresIn, token_type: TokenType };
}

/** Not verified: nothing may be authorized by them alone. */
export function tokenClaims(token: string): JsonObject | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return isObject(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

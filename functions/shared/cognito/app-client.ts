import { environment } from "../environment";
import { CognitoError } from "../errors";
import { type Call, callCognito } from "./client";
import { hmacSha256 } from "./digest";

/** The pool's app client as the operations see it. */
export interface AppClient {
  readonly clientId: string;
  readonly call: Call;
  /**
   * Runs `use` with the client's secret, and once more with a newly read one if Cognito refuses the first.
   * @throws {CognitoError} `SecretRefused` if it is refused although it is the current one.
   */
  withSecret<T>(use: (secret: string) => Promise<T>): Promise<T>;
}

/** Runs `use` with the secret hash that Cognito wants beside a user name. */
export const withSecretHash = <T>(client: AppClient, username: string, use: (hash: string) => Promise<T>): Promise<T> =>
  client.withSecret(async (secret) => use(await secretHash(secret, username + client.clientId)));

/**
 * base64(HMAC-SHA256(secret, user name + client id)):
 * https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
 */
const secretHash = async (secret: string, message: string) => (await hmacSha256(secret, message)).toString("base64");

/** How long a secret that was just found unchanged is not read again. */
const confirmedMs = 60_000;

/**
 * Keeps the secret in memory, and nowhere else. First reads at the same time share one request. Whoever sends a wrong user
 * name with a refresh token makes Cognito refuse the hash too: reads that found the secret unchanged are therefore rationed,
 * lest such callers use up the account's quota of DescribeUserPoolClient.
 */
export class SecretKeeper {
  #reading: Promise<string> | undefined;
  #confirmedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number) {}

  async use<T>(read: () => Promise<string>, use: (secret: string) => Promise<T>): Promise<T> {
    const reading = this.#get(read);
    const secret = await reading;
    try {
      return await use(secret);
    } catch (error) {
      if (!(error instanceof CognitoError && error.type === "SecretRefused")) throw error;
      const current = await this.#getAgain(reading, read);
      if (current === secret) throw error;
      return use(current);
    }
  }

  #get(read: () => Promise<string>): Promise<string> {
    const reading = this.#reading ?? read();
    this.#reading = reading;
    reading.catch(() => this.#forget(reading));
    return reading;
  }

  /** If another call has forgotten the refused one meanwhile, its reading is shared. */
  async #getAgain(refused: Promise<string>, read: () => Promise<string>): Promise<string> {
    if (this.now() - this.#confirmedAt < confirmedMs) return this.#get(read);
    this.#forget(refused);
    const current = await this.#get(read);
    if (current === (await refused)) this.#confirmedAt = this.now();
    return current;
  }

  #forget(reading: Promise<string>): void {
    if (this.#reading === reading) this.#reading = undefined;
  }
}

const keeper = new SecretKeeper(Date.now);

/** The app client that the function's environment names. */
export function appClient(signal: AbortSignal): AppClient {
  const clientId = environment("CLIENT_ID");
  const call = callCognito(signal);
  const read = () => readSecret(call, environment("USER_POOL_ID"), clientId);
  return { clientId, call, withSecret: (use) => keeper.use(read, use) };
}

async function readSecret(call: Call, userPoolId: string, clientId: string): Promise<string> {
  const operation = "DescribeUserPoolClient";
  const answer = await call(operation, { UserPoolId: userPoolId, ClientId: clientId }).catch(deploymentFault);
  const secret = answer.UserPoolClient?.ClientSecret;
  if (!secret) throw new CognitoError(operation, "InvalidAnswer");
  return secret;
}

/** What Cognito refuses here, no caller has caused: an endpoint must not take it for an answer about a user or a token. */
function deploymentFault(error: unknown): never {
  const refused =
    error instanceof CognitoError &&
    /Exception$/.test(error.type) &&
    !/^(InternalError|TooManyRequests)/.test(error.type);
  if (!refused) throw error;
  throw new CognitoError(error.operation, "SecretUnreadable", `${error.type}: ${error.message}`, error.requestId);
}

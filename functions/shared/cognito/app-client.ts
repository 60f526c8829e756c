import { hmacSha256 } from "../aws/digest";
import { environment } from "../environment";
import { keepFromLog } from "../secrets";
import { type CallOperation, callCognito } from "./client";
import { CognitoError } from "./cognito-error";

/** The pool's app client. */
export interface AppClient {
  readonly clientId: string;
  readonly call: CallOperation;
  /**
   * Runs `use` with the client's secret, and once more with a newly read one if Cognito rejects the first.
   * @throws {CognitoError} `SecretRejected` if Cognito rejects the current secret, `SecretUnreadable` if it cannot be read
   */
  withSecret<T>(use: (secret: string) => Promise<T>): Promise<T>;
}

/** Runs `use` with the secret hash that Cognito requires with a user name. Throws as `withSecret` does. */
export const withSecretHash = <T>(client: AppClient, username: string, use: (hash: string) => Promise<T>): Promise<T> =>
  client.withSecret(async (secret) => use(await secretHash(secret, username + client.clientId)));

/**
 * base64(HMAC-SHA256(secret, user name + client id)):
 * https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
 */
const secretHash = async (secret: string, message: string) => (await hmacSha256(secret, message)).toString("base64");

/** Least time between two reads that find the secret unchanged. */
const confirmedMs = 60_000;

/**
 * Keeps the secret in memory, and nowhere else. Concurrent first reads share one request. A wrong user name sent with a
 * refresh token also makes Cognito reject the hash, so a secret that was just found unchanged is not read again for a while:
 * such callers could otherwise exhaust the account's quota of DescribeUserPoolClient.
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
      if (!(error instanceof CognitoError && error.type === "SecretRejected")) throw error;
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

  /** Shares the read of another request that has already dropped the rejected secret. */
  async #getAgain(rejected: Promise<string>, read: () => Promise<string>): Promise<string> {
    if (this.now() - this.#confirmedAt < confirmedMs) return this.#get(read);
    this.#forget(rejected);
    const current = await this.#get(read);
    if (current === (await rejected)) this.#confirmedAt = this.now();
    return current;
  }

  #forget(reading: Promise<string>): void {
    if (this.#reading === reading) this.#reading = undefined;
  }
}

const keeper = new SecretKeeper(Date.now);

/**
 * The app client that the function's environment names.
 * @param signal aborts every request
 * @throws {ConfigurationError} without CLIENT_ID
 */
export function appClient(signal: AbortSignal): AppClient {
  const clientId = environment("CLIENT_ID");
  const call = callCognito(signal);
  const read = () => readSecret(call, environment("USER_POOL_ID"), clientId);
  return { clientId, call, withSecret: (use) => keeper.use(read, use) };
}

async function readSecret(call: CallOperation, userPoolId: string, clientId: string): Promise<string> {
  const operation = "DescribeUserPoolClient";
  const response = await call(operation, { UserPoolId: userPoolId, ClientId: clientId }).catch(deploymentFault);
  const secret = response.UserPoolClient?.ClientSecret;
  if (!secret) throw new CognitoError(operation, "InvalidResponse");
  return keepFromLog(secret);
}

/** No caller causes an error of this request, so an endpoint must not map it as an error about a user or a token. */
function deploymentFault(error: unknown): never {
  const rejected =
    error instanceof CognitoError &&
    /Exception$/.test(error.type) &&
    !/^(InternalError|TooManyRequests)/.test(error.type);
  if (!rejected) throw error;
  throw new CognitoError(error.operation, "SecretUnreadable", `${error.type}: ${error.message}`, error.requestId);
}

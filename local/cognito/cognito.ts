import type { IncomingMessage, ServerResponse } from "node:http";
import type { JWK } from "jose";
import type { AwsRequest } from "../aws/aws-request";
import type { Iam } from "../aws/iam";
import type { SynthesizedStack } from "../terraform/read-stack";
import { authorize } from "./authentication";
import { CognitoException, resourceNotFound } from "./errors";
import { createHandler } from "./http";
import { publicKeys } from "./keys";
import {
  type Client,
  existingPoolDefaults,
  type LocalUserPool,
  type PoolAttributes,
  readPools,
} from "./local-user-pool";
import type { Context, Message } from "./operation";
import { operations } from "./operations";
import { own, type Store } from "./store";
import { issuer } from "./tokens";
import { createTriggers, type InvokeTrigger, type RunTrigger } from "./triggers";

export type { Message, Store };

export interface CognitoOptions {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * The clock of those who sign requests: signatures age by it.
   * @default now
   */
  signersNow?(): number;
  /** Carries codes and temporary passwords to their users. */
  deliver(message: Message): void;
  /** @default - no log */
  log?(line: string): void;
  /**
   * Users, keys and sessions: plain data, changed in place.
   * @default {} nothing outlives this object
   */
  store?: Store;
  /** @default 5000, as Cognito waits for a trigger */
  triggerAttemptMs?: number;
}

export interface Cognito {
  /**
   * Takes pools, clients, groups and roles from the stack. Users, keys and sessions stay, by pool id.
   * @param invoke Runs the pool's triggers.
   * @param existing Attributes, in Terraform's names, of a pool that the JSON only references.
   */
  apply(stack: SynthesizedStack, iam: Iam, existing?: PoolAttributes, invoke?: InvokeTrigger): void;
  /** The pool's public keys. */
  jwks(poolId: string): { keys: JWK[] } | undefined;
  pools(): readonly LocalUserPool[];
  /**
   * Runs an operation without a signature or a policy: for the developer, not for functions.
   * @throws CognitoException
   */
  run(operation: string, input: unknown): Promise<object | undefined>;
  /** Serves `POST /`, each pool's `.well-known` documents and `GET /_local/code?username=`. */
  handler(req: IncomingMessage, res: ServerResponse): void;
}

/** Amazon Cognito's user pool API, with its errors. */
export function createCognito({
  now,
  signersNow = now,
  deliver,
  log = () => {},
  store = {},
  triggerAttemptMs,
}: CognitoOptions): Cognito {
  let pools = new Map<string, LocalUserPool>();
  let iam: Iam | undefined;
  let arnPrefix = "";
  let invokeTrigger: InvokeTrigger = () => undefined;
  const codes = new Map<string, string>();
  const context = createContext(
    () => pools,
    now,
    (message) => {
      for (const name of [message.username, message.destination]) codes.set(name.toLowerCase(), message.code);
      deliver(message);
    },
    createTriggers(() => invokeTrigger, triggerAttemptMs),
  );

  async function call(name: string, body: unknown, request: AwsRequest) {
    const operation = own(operations, name);
    if (!operation || !iam) throw unknownOperation(name);
    authorize(request, name, `${arnPrefix}${poolIdOf(body)}`, iam, signersNow());
    return operation(body, context);
  }

  const jwks = (poolId: string) => {
    const pool = pools.get(poolId);
    return pool && publicKeys(pool.state);
  };
  return {
    apply(stack, newIam, existing = existingPoolDefaults, invoke = () => undefined) {
      invokeTrigger = invoke;
      pools = readPools(stack, store, existing);
      iam = newIam;
      arnPrefix = `arn:${stack.partition}:cognito-idp:${stack.region}:${stack.accountId}:userpool/`;
    },
    jwks,
    pools: context.pools,
    async run(name, input) {
      const operation = own(operations, name);
      if (!operation) throw unknownOperation(name);
      return operation(input, context);
    },
    handler: createHandler({
      call,
      jwks,
      issuer: (poolId) => {
        const pool = pools.get(poolId);
        return pool && issuer(pool);
      },
      code: (username) => codes.get(username.toLowerCase()),
      log,
    }),
  };
}

function createContext(
  pools: () => ReadonlyMap<string, LocalUserPool>,
  now: Context["now"],
  deliver: Context["deliver"],
  trigger: RunTrigger,
): Context {
  const clients = () => [...pools().values()].flatMap((pool) => pool.clients);
  const client = (id: string, candidates: readonly Client[] = clients()): Client => {
    const found = candidates.find((one) => one.id === id);
    if (!found) throw resourceNotFound(`User pool client ${id} does not exist.`);
    return found;
  };
  const pool = (id: string): LocalUserPool => {
    const found = pools().get(id);
    if (!found) throw resourceNotFound(`User pool ${id} does not exist.`);
    return found;
  };
  return {
    now,
    deliver,
    trigger,
    pools: () => [...pools().values()],
    pool,
    client: (id) => client(id),
    clientOf: (poolId, id) => client(id, pool(poolId).clients),
  };
}

/** AWS's error for an unknown operation; here also for one that is not emulated. */
function unknownOperation(name: string): CognitoException {
  const operation = /^\w{1,64}$/.test(name) ? name : "This operation";
  return new CognitoException("UnknownOperationException", `${operation} is not emulated by the local Cognito`);
}

/** The pool that a request names, read before validation: AWS checks the policy first. */
function poolIdOf(body: unknown): string {
  const id = typeof body === "object" && body !== null && "UserPoolId" in body ? body.UserPoolId : undefined;
  return typeof id === "string" ? id : "*";
}

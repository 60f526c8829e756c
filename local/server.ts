/** Two servers, as AWS has two hosts: the API under its stage, and Cognito. What they serve can be exchanged while they run. */
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createGateway, type Gateway } from "./api-gateway/gateway";
import { createIam } from "./aws/iam";
import { createCognito, type Message, type Store } from "./cognito/cognito";
import type { PoolAttributes } from "./cognito/local-user-pool";
import { createFunctions, type Functions } from "./lambda/functions";
import { readStack, type SynthesizedStack } from "./terraform/read-stack";

export interface LocalOptions {
  /** Port of the API; 0 for any that is free. */
  readonly port: number;
  /** Port of the Cognito; 0 for any that is free. */
  readonly cognitoPort: number;
  /** Milliseconds since 1970. */
  now(): number;
  /** One line for the person at the terminal. */
  log(line: string): void;
  /** Shows what Cognito would mail. */
  deliver(message: Message): void;
  /**
   * Users, keys and sessions.
   * @default {} they end with the process
   */
  readonly store?: Store;
  /**
   * What the JSON cannot say of a pool that it only names.
   * @default - a pool as this project makes them
   */
  readonly existingPool?: PoolAttributes;
}

export interface Local {
  /** `http://127.0.0.1:3001`, without the stage. */
  readonly apiUrl: string;
  /** `http://127.0.0.1:9229` */
  readonly cognitoUrl: string;
  /**
   * Serves a synthesized stack from now on; users and keys stay. What went before serves until then, and answers the
   * calls that it has begun.
   * @throws StackError, one line; what was served before then goes on
   */
  load(folder: string): SynthesizedStack;
  close(): Promise<void>;
}

/** Nothing outside this machine can reach the servers: their keys and users are for play. */
const HOST = "127.0.0.1";
/** What such a client asks for. Any other name was bent to this machine by somebody's DNS, for a page in its browser. */
const LOCAL_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;

/** @throws Error in one line when a port is taken */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const { port, cognitoPort, now, log, deliver, store, existingPool } = options;
  const cognito = createCognito({ now, deliver, log: (line) => log(`cognito  ${line}`), ...(store && { store }) });
  let served: { readonly gateway: Gateway; readonly functions: Functions } | undefined;
  const cognitoServer = await listen(cognito.handler, cognitoPort, "COGNITO_PORT");
  const cognitoUrl = urlOf(cognitoServer);
  const apiServer = await listen(
    (req, res) => {
      if (served) served.gateway.handler(req, res);
      else res.writeHead(503).end();
    },
    port,
    "PORT",
  ).catch((error) => {
    cognitoServer.close();
    throw error;
  });

  return {
    apiUrl: urlOf(apiServer),
    cognitoUrl,
    load(folder) {
      const stack = readStack(folder);
      const iam = createIam(stack);
      const environment = () => ({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognitoUrl });
      const functions = createFunctions({ stack, iam, environment, log });
      const gateway = createGateway({ stack, functions, jwks: cognito.jwks, now, log });
      cognito.apply(stack, iam, existingPool);
      void served?.functions.close({ drain: true });
      served = { gateway, functions };
      return stack;
    },
    async close() {
      for (const server of [apiServer, cognitoServer]) {
        server.close();
        server.closeAllConnections();
      }
      await served?.functions.close();
    },
  };
}

function listen(handler: RequestListener, port: number, setting: string): Promise<Server> {
  const server = createHttpServer((req, res) => {
    if (LOCAL_HOST.test(req.headers.host ?? HOST)) handler(req, res);
    else res.writeHead(421).end();
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = `${setting} must be a free port, got ${port}: something else listens there`;
      reject(error.code === "EADDRINUSE" ? new Error(taken) : error);
    });
    server.listen(port, HOST, () => resolve(server));
  });
}

const urlOf = (server: Server) => `http://${HOST}:${(server.address() as AddressInfo).port}`;

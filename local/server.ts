/** Two servers: the API under its stage, and the endpoint for AWS (Cognito and the rest). A reload replaces the stack that they serve. */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createGateway, type Gateway } from "./api-gateway/gateway";
import { createDynamoDb } from "./aws/dynamodb";
import { createEndpoint } from "./aws/endpoint";
import { createIam } from "./aws/iam";
import { createQueueConsumers } from "./aws/queue-consumers";
import { createCognito, type Message, type Store } from "./cognito/cognito";
import type { PoolAttributes } from "./cognito/local-user-pool";
import { createHistory } from "./console/history";
import { CONSOLE_PATH, consolePath, openConsole } from "./console/open-console";
import { removeUnpacked } from "./lambda/function-code";
import { createFunctions } from "./lambda/functions";
import { mayInvoke } from "./lambda/permission";
import { openReference, REFERENCE_PATH, referencePath } from "./reference";
import { readStack, type SynthesizedStack } from "./terraform/read-stack";
import type { Environment } from "./terraform/variables";

export interface LocalOptions {
  /** Folder of the synthesized stack, with `cdk.tf.json`. */
  readonly folder: string;
  /** Variables of the shell: `TF_VAR_name` gives one of the stack's variables its value. @default {} */
  readonly environment?: Environment;
  /** Port of the API; 0 for any free one. */
  readonly port: number;
  /** Port of the endpoint for AWS, Cognito included; 0 for any free one. */
  readonly cognitoPort: number;
  /** Milliseconds since 1970. */
  now(): number;
  /** Receives one line for the terminal. */
  log(line: string): void;
  /** Receives the mails that Cognito would send. */
  deliver(message: Message): void;
  /**
   * Users, keys and sessions.
   * @default {} lost when the process ends
   */
  readonly store?: Store;
  /**
   * Attributes of a pool that the JSON only references.
   * @default - those of this project's own pool
   */
  readonly existingPool?: PoolAttributes;
  /**
   * Folder that keeps the rows of DynamoDB tables.
   * @default - they are lost when the process ends
   */
  readonly tablesFolder?: string;
  /**
   * Origin of an emulator for the AWS services that are not served here: `http://127.0.0.1:4566`.
   * @default - their operations fail
   */
  readonly emulatorUrl?: string | undefined;
}

export interface Local {
  /** `http://127.0.0.1:3001`, without the stage. */
  readonly apiUrl: string;
  /** `http://127.0.0.1:9229` */
  readonly cognitoUrl: string;
  /** `http://127.0.0.1:3001/_console`; undefined if the API serves that path itself. */
  consoleUrl(): string | undefined;
  /** `http://127.0.0.1:3001/_docs`; undefined if the API serves that path itself. */
  referenceUrl(): string | undefined;
  /** Stages and routes that are served now. */
  api(): Pick<Gateway, "stages" | "routes">;
  /** Addresses of the queues' consumers that run, with the queues in an emulator. */
  consumers(): readonly string[];
  /** The stack that was served first. */
  readonly stack: SynthesizedStack;
  /**
   * Serves another synthesized stack; users and keys stay. Requests in progress finish on the previous stack.
   * @throws StackError, one line; the previous stack stays
   */
  load(folder: string): SynthesizedStack;
  close(): Promise<void>;
}

/** Loopback only: users, keys and secrets of the local Cognito are for tests. */
const HOST = "127.0.0.1";
const LOCAL_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;

/**
 * Loads the stack, then listens.
 * @throws StackError, or Error when a port is taken; in one line
 */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const { folder, port, cognitoPort, now, log, deliver, store, existingPool, tablesFolder, emulatorUrl, environment } =
    options;
  const history = createHistory(now);
  const signersNow = Date.now; // functions sign by this machine's clock
  const cognito = createCognito({
    now,
    signersNow,
    deliver: (message) => {
      history.deliver(message);
      deliver(message);
    },
    log: (line) => log(`cognito  ${line}`),
    ...(store && { store }),
  });
  const dynamoDb = createDynamoDb(log, tablesFolder);
  const consumers = createQueueConsumers(emulatorUrl, log);
  let cognitoUrl = "";
  const serve = (folder: string) => {
    const stack = readStack(folder, environment);
    const iam = createIam(stack);
    const variables = () => ({ AWS_ENDPOINT_URL: cognitoUrl, CHECK_RETURNS: "true" });
    const functions = createFunctions({ stack, iam, environment: variables, log });
    const gateway = createGateway({ stack, functions, jwks: cognito.jwks, now, log, observer: history.observer });
    cognito.apply(stack, iam, existingPool, (functionArn, event, poolArn) =>
      mayInvoke(stack, "cognito-idp.amazonaws.com", functionArn, poolArn)
        ? functions.invoke(functionArn, event)
        : undefined,
    );
    const hasConsole = !consolePath.isTaken(gateway);
    return {
      stack,
      iam,
      functions,
      gateway,
      hasConsole,
      hasReference: !referencePath.isTaken(gateway),
    };
  };

  let served = serve(folder);
  const { stack } = served;
  const endpoint = createEndpoint({
    served: () => served,
    cognito: cognito.handler,
    dynamoDb,
    emulatorUrl,
    now: signersNow,
    log,
  });
  let apiUrl = "";
  const referenceUrl = () => (served.hasReference ? `${apiUrl}${REFERENCE_PATH}` : undefined);
  const console = openConsole(
    {
      served: () => served,
      cognito,
      dynamoDb,
      history,
      now,
      urls: () => ({ apiUrl, cognitoUrl, referenceUrl: referenceUrl() }),
    },
    log,
  );
  const reference = openReference(() => served);
  const aws: RequestListener = (req, res) => {
    if (console.isLoaded()) res.once("close", console.changed);
    endpoint(req, res);
  };
  const cognitoServer = await listen(aws, cognitoPort, "COGNITO_PORT", log);
  cognitoUrl = urlOf(cognitoServer);
  const handler: RequestListener = (req, res) => {
    if (served.hasConsole && console.isFor(req)) console.handler(req, res);
    else if (served.hasReference && reference.isFor(req)) reference.handler(req, res);
    else served.gateway.handler(req, res);
  };
  const apiServer = await listen(handler, port, "PORT", log).catch((error) => {
    cognitoServer.close();
    throw error;
  });

  apiUrl = urlOf(apiServer);
  dynamoDb.apply(stack);
  consumers.apply(served);
  return {
    apiUrl,
    cognitoUrl,
    referenceUrl,
    consoleUrl: () => (served.hasConsole ? `${apiUrl}${CONSOLE_PATH}` : undefined),
    api: () => served.gateway,
    consumers: consumers.addresses,
    stack,
    load(folder) {
      const previous = served;
      served = serve(folder);
      dynamoDb.apply(served.stack);
      console.reloaded();
      consumers.apply(served);
      void previous.functions.close({ drain: true });
      return served.stack;
    },
    async close() {
      consumers.close();
      for (const server of [apiServer, cognitoServer]) {
        server.close();
        server.closeAllConnections();
      }
      removeUnpacked();
      await Promise.all([served.functions.close(), dynamoDb.close()]);
    },
  };
}

/** API Gateway's limit for request line and headers together: "Quotas for configuring and running a REST API". */
const MAX_HEADER_BYTES = 10_240;

function listen(handler: RequestListener, port: number, setting: string, log: (line: string) => void): Promise<Server> {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (req, res) => {
    const { host = HOST } = req.headers;
    if (LOCAL_HOST.test(host)) return handler(req, res);
    // DNS rebinding: a web page may resolve its own name to this machine and read what the servers return.
    const reason = `Host must be 127.0.0.1 or localhost, got ${JSON.stringify(host)}: protection against DNS rebinding`;
    log(`421  ${reason}`);
    res.writeHead(421, { "Content-Type": "text/plain" }).end(`${reason}\n`);
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = `${setting} must be a free port, got ${port}: another process listens there`;
      reject(error.code === "EADDRINUSE" ? new Error(taken) : error);
    });
    server.listen(port, HOST, () => resolve(server));
  });
}

const urlOf = (server: Server) => `http://${HOST}:${(server.address() as AddressInfo).port}`;

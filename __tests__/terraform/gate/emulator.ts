/** An emulator of AWS: one server per scenario, so that scenarios can run in parallel. */
import { once } from "node:events";
import { type Environment, end, start } from "./process";
import { emulatorScript } from "./python";

export interface Emulator {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** Creates an S3 bucket. */
  createBucket(name: string): Promise<void>;
  /** Creates a user pool. @returns its id */
  createUserPool(region: string): Promise<string>;
  /** What the stages of the REST APIs serve and what is configured; and which routes could not invoke their function since the last report. */
  report(): Promise<EmulatorReport>;
  stop(): void;
}

export interface EmulatorReport {
  readonly apis: Readonly<
    Record<string, { readonly configured: Snapshot; readonly stages: Readonly<Record<string, Snapshot>> }>
  >;
  /** Of the HTTP APIs, whose stages deploy every change: `GET /echo`. */
  readonly routes: readonly string[];
  readonly failing: readonly string[];
}

/** Everything that a deployment copies: methods, models, ... by name. */
export type Snapshot = Readonly<Record<string, object>>;

/** @throws Error with its output when it does not start */
export async function startEmulator(python: string, folder: string, environment: Environment): Promise<Emulator> {
  const server = start(python, [emulatorScript("serve")], folder, environment);
  let printed = "";
  server.stderr.on("data", (data: Buffer) => {
    printed += data;
  });
  const failed = once(server, "close").then(() => {
    throw new Error(`the emulator did not start:\n${printed.trim()}`);
  });
  const [port] = (await Promise.race([once(server.stdout, "data"), failed])) as [Buffer];
  failed.catch(() => undefined); // ended later, on purpose
  server.stderr.on("data", (data: Buffer) => console.log(`emulator: ${String(data).trim()}`));
  const endpoint = `http://127.0.0.1:${String(port).trim()}`;
  return {
    endpoint,
    async createBucket(name) {
      await expectOk(fetch(`${endpoint}/${name}`, { method: "PUT" }));
    },
    async createUserPool(region) {
      const response = await expectOk(
        fetch(endpoint, {
          method: "POST",
          headers: {
            "X-Amz-Target": "AWSCognitoIdentityProviderService.CreateUserPool",
            "Content-Type": "application/x-amz-json-1.1",
            // moto reads the region and the service from here, and checks no signature.
            Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/cognito-idp/aws4_request, SignedHeaders=host, Signature=0`,
          },
          body: JSON.stringify({ PoolName: "existing" }),
        }),
      );
      const { UserPool } = (await response.json()) as { UserPool: { Id: string } };
      return UserPool.Id;
    },
    report: async () => (await expectOk(fetch(`${endpoint}/_gate/apis`))).json() as Promise<EmulatorReport>,
    stop: () => end(server),
  };
}

async function expectOk(request: Promise<Response>): Promise<Response> {
  const response = await request;
  if (!response.ok) throw new Error(`the emulator returned ${response.status}: ${await response.text()}`);
  return response;
}

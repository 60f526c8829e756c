/** A client of the local API and of the local Cognito that shares no code with either. */
import type { Message, Store } from "../../local/cognito/cognito";
import type { PoolAttributes } from "../../local/cognito/pool";
import { random } from "../../local/cognito/random";
import { type Local, startLocal } from "../../local/server";

/** Keys are slow to make. In a test file that calls this, and that is not about them, two serve every pool. */
export function shareKeys(): void {
  const make = random.key;
  const made: ReturnType<typeof make>[] = [];
  let next = 0;
  random.key = () => {
    const turn = next++ % 2;
    made[turn] ??= make();
    return made[turn];
  };
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly message: string; readonly data: Record<string, string> & readonly unknown[] };
}

export interface Client {
  readonly local: Local;
  readonly mails: Message[];
  readonly lines: string[];
  /** Moves the clock of both servers. */
  advance(milliseconds: number): void;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  request(method: string, path: string, headers?: Record<string, string>, body?: string): Promise<Response>;
  /** An operator's signed call of the Cognito API. */
  cognito(operation: string, input: unknown): Promise<Record<string, unknown>>;
}

export const password = "Correct-Horse-7-Battery";
export const ada = { username: "ada", password, email: "ada@example.com" };

/** Serves `folder` on free ports until the test file ends. */
export async function serve(folder: string, store: Store = {}, existingPool?: PoolAttributes): Promise<Client> {
  let now = Date.now();
  const mails: Message[] = [];
  const lines: string[] = [];
  const local = await startLocal({
    store,
    ...(existingPool && { existingPool }),
    port: 0,
    cognitoPort: 0,
    now: () => now,
    log: (line) => lines.push(line),
    deliver: (message) => mails.push(message),
  });
  opened.push(local);
  local.load(folder);

  const request: Client["request"] = (method, path, headers = {}, body) =>
    fetch(`${local.apiUrl}/v1${path}`, { method, headers, ...(body !== undefined && { body }) });
  const reply = async (response: Response): Promise<Reply> => ({
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Reply["body"],
  });
  return {
    local,
    mails,
    lines,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    request,
    get: async (path, headers) => reply(await request("GET", path, headers)),
    post: async (path, body, headers) =>
      reply(await request("POST", path, { "Content-Type": "application/json", ...headers }, JSON.stringify(body))),
    async cognito(operation, input) {
      const response = await fetch(local.cognitoUrl, {
        method: "POST",
        headers: {
          "Content-Type": "application/x-amz-json-1.1",
          "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
          Authorization: OPERATOR,
        },
        body: JSON.stringify(input),
      });
      // An operation without output answers with no body at all.
      const answer = JSON.parse((await response.text()) || "{}") as Record<string, unknown>;
      if (!response.ok) throw new Error(`${operation}: ${JSON.stringify(answer)}`);
      return answer;
    },
  };
}

/** Any key that is not a function's is the operator's, whose signature is not looked at. */
const OPERATOR = `AWS4-HMAC-SHA256 Credential=AKIAOPERATOR/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`;

const opened: Local[] = [];
afterAll(() => Promise.all(opened.splice(0).map((local) => local.close())));

/** Signs `ada` up, confirms and logs in. */
export async function signedIn(client: Client): Promise<Record<string, string>> {
  await client.post("/user/sign-up", ada);
  await client.post("/user/confirm-sign-up", { username: "ada", code: client.mails.at(-1)?.code });
  return (await client.post("/user/login", { username: "ada", password })).body.data;
}

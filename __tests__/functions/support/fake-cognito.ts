/** Cognito's side of the wire, in place of Node's HTTP client: answers by operation, and a record of what was sent. */
import { EventEmitter } from "node:events";
import http from "node:http";
import https from "node:https";
import { Readable } from "node:stream";

export interface SentCall {
  readonly operation: string;
  readonly input: unknown;
  readonly url: string;
  readonly headers: Headers;
}
export type Answer = () => Response | Promise<Response>;

export const secret = "client-secret-of-26-letters";

export const answers =
  (body: unknown, status = 200): Answer =>
  () =>
    new Response(typeof body === "string" ? body : JSON.stringify(body), {
      status,
      headers: { "x-amzn-requestid": "cognito-request" },
    });
export const refuses = (type: string, message = "", status = 400): Answer => answers({ __type: type, message }, status);
export const fails =
  (error: unknown): Answer =>
  () =>
    Promise.reject(error);
/** The time that the last attempt was given. */
let attemptTime = new AbortController();
export const timeOut = (): Answer => () => {
  attemptTime.abort();
  return Promise.reject(attemptTime.signal.reason);
};
export const describesSecret = (value = secret): Answer => answers({ UserPoolClient: { ClientSecret: value } });

/** A list gives one answer after the other and stays at the last. @returns what was sent, as it grows */
export function fakeCognito(script: Readonly<Record<string, Answer | readonly Answer[]>> = {}): SentCall[] {
  const calls: SentCall[] = [];
  const all: typeof script = { DescribeUserPoolClient: describesSecret(), ...script };
  answerCalls((call) => {
    const { operation } = call;
    const earlier = calls.filter((other) => other.operation === operation).length;
    calls.push(call);
    const scripted = Object.hasOwn(all, operation) ? all[operation] : undefined;
    const answer = typeof scripted === "function" ? scripted : scripted?.at(Math.min(earlier, scripted.length - 1));
    if (!answer) throw new Error(`no answer is scripted for ${operation}`);
    return answer;
  });
  return calls;
}

/** Replaces the client, and the clock of its attempts, until jest restores them. */
export function answerCalls(answerTo: (call: SentCall) => Answer): void {
  const exchange = async (url: URL, headers: Headers, body: string) => {
    const operation = headers.get("x-amz-target")?.replace("AWSCognitoIdentityProviderService.", "") ?? "";
    const response = await answerTo({ operation, input: JSON.parse(body), url: url.href, headers })();
    const head = { statusCode: response.status, headers: Object.fromEntries(response.headers) };
    return Object.assign(Readable.from([Buffer.from(await response.text())]), head);
  };
  const request = (url: URL, { headers }: { headers: Record<string, string> }) => {
    const sent = new EventEmitter();
    const end = (body: string) => {
      exchange(url, new Headers(headers), body).then(
        (answer) => sent.emit("response", answer),
        (error) => sent.emit("error", error),
      );
    };
    return Object.assign(sent, { end });
  };
  for (const client of [http, https])
    jest.spyOn(client, "request").mockImplementation(request as typeof client.request);
  jest.spyOn(AbortSignal, "timeout").mockImplementation(() => {
    attemptTime = new AbortController();
    return attemptTime.signal;
  });
}

const segment = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
export const idToken = (claims: object = { "cognito:username": "ada" }) =>
  `${segment({ alg: "RS256" })}.${segment(claims)}.c2ln`;

/** A full set of tokens; `more` changes it, `beside` stands next to it. */
export const authenticated = (more: object = {}, beside: object = {}): Answer =>
  answers({
    AuthenticationResult: {
      IdToken: idToken(),
      AccessToken: "access-token",
      RefreshToken: "refresh-token",
      ExpiresIn: 3600,
      TokenType: "Bearer",
      ...more,
    },
    ...beside,
  });

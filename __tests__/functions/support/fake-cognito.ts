/** The wire of Cognito and DynamoDB, in place of Node's HTTP client: responses by operation, and a record of the requests. */
import { EventEmitter } from "node:events";
import http from "node:http";
import https from "node:https";
import { Readable } from "node:stream";

export interface SentRequest {
  readonly operation: string;
  readonly input: unknown;
  readonly url: string;
  readonly headers: Headers;
}
export type FakeResponse = () => Response | Promise<Response>;

export const secret = "client-secret-of-26-letters";

export const responds =
  (body: unknown, status = 200): FakeResponse =>
  () =>
    new Response(typeof body === "string" ? body : JSON.stringify(body), {
      status,
      headers: { "x-amzn-requestid": "cognito-request" },
    });
export const rejects = (type: string, message = "", status = 400): FakeResponse =>
  responds({ __type: type, message }, status);
export const fails =
  (error: unknown): FakeResponse =>
  () =>
    Promise.reject(error);
/** The time that the last attempt was given. */
let attemptTime = new AbortController();
export const timeOut = (): FakeResponse => () => {
  attemptTime.abort();
  return Promise.reject(attemptTime.signal.reason);
};
export const describesSecret = (value = secret): FakeResponse => responds({ UserPoolClient: { ClientSecret: value } });

/** The responses of a list are sent in order, the last one again and again. @returns the requests so far, a list that grows */
export function fakeCognito(
  script: Readonly<Record<string, FakeResponse | readonly FakeResponse[]>> = {},
): SentRequest[] {
  const requests: SentRequest[] = [];
  const all: typeof script = { DescribeUserPoolClient: describesSecret(), ...script };
  fakeRequests((call) => {
    const { operation } = call;
    const earlier = requests.filter((other) => other.operation === operation).length;
    requests.push(call);
    const scripted = Object.hasOwn(all, operation) ? all[operation] : undefined;
    const response = typeof scripted === "function" ? scripted : scripted?.at(Math.min(earlier, scripted.length - 1));
    if (!response) throw new Error(`no response is scripted for ${operation}`);
    return response;
  });
  return requests;
}

/** Replaces the client, and the clock of its attempts, until jest restores them. */
export function fakeRequests(respond: (call: SentRequest) => FakeResponse): void {
  const exchange = async (url: URL, headers: Headers, body: string) => {
    const operation = headers.get("x-amz-target")?.split(".")[1] ?? "";
    const response = await respond({ operation, input: JSON.parse(body), url: url.href, headers })();
    const head = { statusCode: response.status, headers: Object.fromEntries(response.headers) };
    return Object.assign(Readable.from([Buffer.from(await response.text())]), head);
  };
  const request = (url: URL, { headers }: { headers: Record<string, string> }) => {
    const sent = new EventEmitter();
    const end = (body: string) => {
      exchange(url, new Headers(headers), body).then(
        (response) => sent.emit("response", response),
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
export const authenticated = (more: object = {}, beside: object = {}): FakeResponse =>
  responds({
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

/** Cognito's side of the wire, in place of `fetch`: answers by operation, and a record of what was sent. */

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
export const timeOut = () => fails(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
export const describesSecret = (value = secret): Answer => answers({ UserPoolClient: { ClientSecret: value } });

/** A list gives one answer after the other and stays at the last. Replaces `fetch` until jest restores it. */
export function fakeCognito(script: Readonly<Record<string, Answer | readonly Answer[]>> = {}): SentCall[] {
  const calls: SentCall[] = [];
  const all: typeof script = { DescribeUserPoolClient: describesSecret(), ...script };
  jest.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    const headers = new Headers(init?.headers);
    const operation = headers.get("x-amz-target")?.replace("AWSCognitoIdentityProviderService.", "") ?? "";
    const earlier = calls.filter((call) => call.operation === operation).length;
    calls.push({ operation, input: JSON.parse(String(init?.body)), url: String(url), headers });
    const scripted = Object.hasOwn(all, operation) ? all[operation] : undefined;
    const answer = typeof scripted === "function" ? scripted : scripted?.at(Math.min(earlier, scripted.length - 1));
    if (!answer) throw new Error(`no answer is scripted for ${operation}`);
    return answer();
  });
  return calls;
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

/** Ten thousand generated events: every response has the proxy shape. */
import fc from "fast-check";
import {
  authenticated,
  describesSecret,
  fails,
  fakeRequests,
  rejects,
  responds,
  timeOut,
} from "./support/fake-cognito";
import {
  bodies,
  captureLog,
  coldHandler,
  event,
  handlerNames,
  useEnvironment,
  claims as validClaims,
} from "./support/handlers";

useEnvironment();

const statuses = [200, 400, 401, 403, 404, 409, 413, 415, 429, 500, 502, 504];
const cognitoTypes = [
  "NotAuthorized",
  "UserNotFound",
  "UserNotConfirmed",
  "UsernameExists",
  "InvalidPassword",
  "TooManyRequests",
  "__proto__",
];
const cognitoResponses = [
  authenticated(),
  timeOut(),
  fails(new Error("connect ECONNREFUSED")),
  responds("{"),
  responds({}),
  responds({ UserSub: "sub", UserAttributes: [{}], ChallengeName: "SMS_MFA" }),
  responds({ AuthenticationResult: { IdToken: 1, AccessToken: {}, RefreshToken: [] } }),
  ...cognitoTypes.map((type) => rejects(`${type}Exception`, "as it is")),
  rejects("NotAuthorizedException", "Unable to verify secret hash for client c"),
];

/** Keys that mean something to a handler, an event or an engine, beside any others. */
const key = fc.oneof(
  fc.constantFrom(
    "username",
    "password",
    "responses",
    "code",
    "refresh_token",
    "__proto__",
    "constructor",
    "toString",
    "length",
  ),
  fc.string(),
);
/** Any, surrogates included. Not fast-check's own "binary", which spends half a second on a table of them all. */
const codePoint = fc.nat(0x10ffff).map((point) => String.fromCodePoint(point));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    fc.string({ unit: codePoint }),
    fc.constantFrom(null, undefined, true, 0, -1, Number.NaN, "", "\ud800", "\u0000", "x".repeat(17_000)),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(key, tie("any"), { maxKeys: 4 }),
  ),
})).any;

const knownBody = fc.constantFrom(...Object.values(bodies));
const jsonBody = fc
  .tuple(knownBody, fc.dictionary(key, value, { maxKeys: 2 }))
  .map(([known, more]) => JSON.stringify({ ...known, ...more }));
const body = fc.oneof(
  jsonBody,
  knownBody.map((known) => JSON.stringify(known)),
  fc.json(),
  fc.string(),
  value,
);
const headers = fc.oneof(
  fc.constant({ "Content-Type": "application/json", origin: "https://app.example" }),
  fc.dictionary(fc.constantFrom("content-type", "Origin", "__proto__"), fc.oneof(fc.string(), value)),
  value,
);
const claims = fc.oneof(fc.constant(validClaims), value);
const hostile = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .record({ body, headers, isBase64Encoded: fc.oneof(fc.boolean(), value), claims })
      .map(({ claims, ...more }) =>
        event(undefined, { ...more, requestContext: { authorizer: { claims }, requestId: "r" } }),
      ),
  },
  { weight: 1, arbitrary: value },
);

const seen = new Set<number>();

test.each(handlerNames)(
  "%s responds to any event in the envelope, with CORS headers and a documented status",
  async (name) => {
    captureLog();
    let current = responds({});
    fakeRequests(({ operation }) => (operation === "DescribeUserPoolClient" ? describesSecret() : current));
    const handler = coldHandler(name);
    await fc.assert(
      fc.asyncProperty(hostile, fc.constantFrom(...cognitoResponses), async (anyEvent, response) => {
        current = response;
        const { statusCode, headers: sent = {}, body: text, ...rest } = await handler(anyEvent, undefined);
        seen.add(statusCode);
        const envelope = JSON.parse(text);
        const good = statusCode === 200;
        // One comparison: ten of them would take longer than all that the handler does.
        expect({
          rest,
          documented: statuses.includes(statusCode),
          origin: sent["Access-Control-Allow-Origin"],
          type: sent["Content-Type"],
          unprintable: Object.values(sent).filter((header) => !/^[\x20-\x7e]+$/.test(String(header))),
          members: Object.keys(envelope),
          error: envelope.error,
          success: envelope.success,
          saysSuccess: envelope.message === "success",
          noData: envelope.data === null,
        }).toEqual({
          rest: {},
          documented: true,
          origin: "https://app.example",
          type: "application/json",
          unprintable: [],
          members: ["message", "error", "success", "data"],
          error: !good,
          success: good,
          saysSuccess: good,
          noData: good ? expect.any(Boolean) : true,
        });
      }),
      { numRuns: 910, seed: 42 },
    );
  },
);

test("the generated events reach more than the first check", () => {
  expect([...seen].sort()).toEqual(
    expect.arrayContaining([200, 400, 401, 403, 404, 409, 413, 415, 429, 500, 502, 504]),
  );
});

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
import { bodies, captureLog, coldHandler, event, useEnvironment, claims as validClaims } from "./support/handlers";
import { bodyOf, handlerNames, parametersOf } from "./support/requests";

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

const knownBody = fc.constantFrom(...handlerNames.map(bodyOf));
const jsonBody = fc
  .tuple(knownBody, fc.dictionary(key, value, { maxKeys: 2 }))
  .map(([known, more]) => JSON.stringify({ ...known, ...more }));
/** @param own a body that the handler takes: however many handlers there are, each gets past its first checks */
const bodyLike = (own: unknown) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(JSON.stringify(own)) },
    jsonBody,
    knownBody.map((known) => JSON.stringify(known)),
    fc.json(),
    fc.string(),
    fc.constant("x".repeat(17_000)),
    value,
  );
const headers = fc.oneof(
  fc.constant({ "Content-Type": "application/json", origin: "https://app.example" }),
  fc.dictionary(fc.constantFrom("content-type", "Origin", "__proto__"), fc.oneof(fc.string(), value)),
  value,
);
const claims = fc.oneof(fc.constant(validClaims), value);
const parameters = (known: object) =>
  fc.oneof(
    fc.constant(known),
    fc.record({ queryStringParameters: value, pathParameters: value }),
    fc.record({ multiValueQueryStringParameters: value, pathParameters: fc.dictionary(key, fc.string()) }),
  );
const hostile = (known: object, own: unknown) =>
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc
        .record({
          body: bodyLike(own),
          headers,
          isBase64Encoded: fc.oneof(fc.boolean(), value),
          claims,
          parts: parameters(known),
        })
        .map(({ claims, parts, ...more }) =>
          event(undefined, { ...more, ...parts, requestContext: { authorizer: { claims }, requestId: "r" } }),
        ),
    },
    { weight: 1, arbitrary: value },
  );

const seen = new Set<number>();
const envelope = (members: object) => JSON.stringify(Object.keys(members)) === '["message","error","success","data"]';

test.each(handlerNames)(
  "%s responds to any event in the proxy shape, to errors in the envelope, with CORS headers",
  async (name) => {
    captureLog();
    let current = responds({});
    fakeRequests(({ operation }) => (operation === "DescribeUserPoolClient" ? describesSecret() : current));
    const handler = coldHandler(name);
    await fc.assert(
      fc.asyncProperty(
        hostile(parametersOf(name), bodyOf(name)),
        fc.constantFrom(...cognitoResponses),
        async (anyEvent, response) => {
          current = response;
          const {
            statusCode,
            headers: sent = {},
            body: text,
            isBase64Encoded,
            multiValueHeaders,
            ...rest
          } = await handler(anyEvent, undefined);
          seen.add(statusCode);
          const failed = statusCode >= 400 ? JSON.parse(text) : undefined;
          // One comparison: ten of them would take longer than all that the handler does.
          expect({
            rest,
            documented: statusCode < 400 || statuses.includes(statusCode) || !(name in bodies),
            origin: sent["Access-Control-Allow-Origin"],
            unprintable: Object.values(sent).filter((header) => !/^[\x20-\x7e]+$/.test(String(header))),
            ...(failed && {
              type: sent["Content-Type"],
              envelope: envelope(failed),
              failed: { ...failed, message: typeof failed.message },
            }),
          }).toEqual({
            rest: {},
            documented: true,
            origin: "https://app.example",
            unprintable: [],
            ...(failed && {
              type: "application/json",
              envelope: true,
              failed: { message: "string", error: true, success: false, data: null },
            }),
          });
        },
      ),
      // A handler of a slow library, which a project may add, gets as many as fit.
      {
        numRuns: 450,
        seed: 42,
        ...(!(name in bodies) && { interruptAfterTimeLimit: 5_000, markInterruptAsFailure: false }),
      },
    );
  },
);

test("the generated events reach more than the first check", () => {
  expect([...seen].sort()).toEqual(
    expect.arrayContaining([200, 400, 401, 403, 404, 409, 413, 415, 429, 500, 502, 504]),
  );
});

import * as fc from "fast-check";
import { operations } from "../../../local/cognito/operations";
import {
  clientId,
  goodPassword,
  hash,
  operatorHeader,
  poolId,
  type Running,
  startCognito,
  type Tokens,
} from "./harness";

/** Hundreds of requests, on a machine that may be busy. */
jest.setTimeout(60_000);

let cognito: Running;
let tokens: Tokens;
beforeAll(async () => {
  cognito = await startCognito({ groups: [{ name: "admin", user_pool_id: poolId }] });
  await cognito.user("ada");
  tokens = await cognito.tokens("ada");
});
afterAll(() => cognito.close());

const names = Object.keys(operations);
const headers = (operation: string) => ({ ...cognito.headersOf(operation), Authorization: operatorHeader });

/** Values that fit somewhere, beside values that fit nowhere. */
const plausible = () =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom<unknown>(poolId, clientId, "ada", hash("ada"), goodPassword, "admin", "123456"),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>(
        tokens.AccessToken,
        tokens.RefreshToken,
        "USER_PASSWORD_AUTH",
        "NEW_PASSWORD_REQUIRED",
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>("__proto__", "constructor", "toString", "\u0000", "\ud800", "x".repeat(300)),
    },
    {
      weight: 1,
      arbitrary: fc.array(fc.record({ Name: fc.constantFrom("email", "sub", "__proto__"), Value: fc.string() })),
    },
    {
      weight: 1,
      arbitrary: fc.dictionary(fc.constantFrom("USERNAME", "PASSWORD", "SECRET_HASH", "REFRESH_TOKEN"), fc.string()),
    },
    { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  );

const members = [
  "AccessToken",
  "AttributeName",
  "AuthFlow",
  "AuthParameters",
  "ChallengeName",
  "ChallengeResponses",
  "ClientId",
  "ClientMetadata",
  "ClientSecret",
  "Code",
  "ConfirmationCode",
  "Filter",
  "GroupName",
  "Limit",
  "MaxResults",
  "NextToken",
  "PaginationToken",
  "Password",
  "PreviousPassword",
  "ProposedPassword",
  "RefreshToken",
  "SecretHash",
  "Session",
  "TemporaryPassword",
  "Token",
  "UserAttributes",
  "UserPoolId",
  "Username",
];

test("no request causes a fault: every response is 200, or 400 with a type and a message", async () => {
  const request = fc.record({
    operation: fc.constantFrom(...names),
    input: fc.dictionary(fc.constantFrom(...members), plausible(), { minKeys: 1, maxKeys: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ operation, input }) => {
      const { status, body } = await cognito.raw(headers(operation), JSON.stringify(input));
      expect([200, 400]).toContain(status);
      if (status === 400)
        expect(body).toEqual({ __type: expect.stringMatching(/Exception$/), message: expect.any(String) });
    }),
    { numRuns: 400 },
  );
});

test("no body causes a fault, JSON or not", async () => {
  const body = fc.oneof(fc.string(), fc.json(), fc.uint8Array(), fc.constant('{"a":'.repeat(20_000)));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), body, async (operation, sent) => {
      const response = await cognito.raw(headers(operation), sent instanceof Uint8Array ? new Uint8Array(sent) : sent);
      expect(response).toMatchObject({ status: 400, body: { __type: expect.stringMatching(/Exception$/) } });
    }),
    { numRuns: 150 },
  );
});

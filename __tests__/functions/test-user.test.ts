/** Whose attributes a caller gets to see. */
import { answers, fakeCognito } from "./support/fake-cognito";
import { ask, captureLog, environment, handlerNames, refused, succeeded, useEnvironment } from "./support/handlers";

useEnvironment();

const attributes = [
  { Name: "sub", Value: "6e8acaa9" },
  { Name: "email", Value: "ada@example.com" },
];
const forbidden = { status: 403, body: refused("Only members of the group admin may read another user") };
const unauthorized = { status: 401, body: refused("Unauthorized") };

const idClaims = { token_use: "id", "cognito:username": "ada" };
const accessClaims = { token_use: "access", username: "ada" };
/** The app client of this stack, as each kind of token names it. */
const ours = { aud: environment.CLIENT_ID, client_id: environment.CLIENT_ID };
const askAs = (claims: unknown, username: string, client: object = ours) => {
  const all =
    typeof claims === "object" && claims !== null && !Array.isArray(claims) ? { ...client, ...claims } : claims;
  return ask("test-user", { username }, { requestContext: { authorizer: { claims: all } } });
};
const cognito = () =>
  fakeCognito({ AdminGetUser: answers({ Username: "ada", UserAttributes: attributes, UserStatus: "CONFIRMED" }) });

test.each([
  idClaims,
  accessClaims,
  { ...idClaims, username: "grace" },
  { ...accessClaims, "cognito:username": "grace" },
])("answers the caller's attributes, in Cognito's form and nothing more: %j", async (claims) => {
  process.env.TOKEN_USE = claims.token_use;
  const calls = cognito();
  expect(await askAs(claims, "ada")).toMatchObject({ status: 200, body: succeeded(attributes) });
  expect(calls.map(({ operation, input }) => [operation, input])).toEqual([
    ["AdminGetUser", { UserPoolId: environment.USER_POOL_ID, Username: "ada" }],
  ]);
  expect(calls[0]?.headers.get("authorization")).toMatch(/^AWS4-HMAC-SHA256 /);
});

test("compares names without case, as the pool does, and asks for the name in the claims", async () => {
  const calls = cognito();
  expect((await askAs({ token_use: "id", "cognito:username": "Ada" }, "aDA")).status).toBe(200);
  expect(calls[0]?.input).toMatchObject({ Username: "Ada" });
});

test.each(["admin", "admin,users", "users,admin", "[admin]", "[admin users]", "[users admin]"])(
  "lets a member of %s read another user",
  async (groups) => {
    const calls = cognito();
    expect((await askAs({ ...idClaims, "cognito:groups": groups }, "grace")).status).toBe(200);
    expect(calls[0]?.input).toMatchObject({ Username: "grace" });
  },
);

test.each([
  undefined,
  "",
  "[]",
  "notadmin",
  "administrators",
  "Admin",
  "admins,users",
  "users,admin2",
  "my admin",
  "super-admin,users",
  "[notadmin users]",
  "[administrators]",
  "[admin,users]",
  "[users",
  "admin]",
  " admin",
  "admin ,users",
  ["admin"],
  true,
])("refuses another user to a member of %p, without asking Cognito", async (groups) => {
  const calls = cognito();
  expect(await askAs({ ...idClaims, "cognito:groups": groups }, "grace")).toMatchObject(forbidden);
  expect(calls).toEqual([]);
});

test("refuses existing and missing users alike", async () => {
  cognito();
  expect(await askAs(idClaims, "grace")).toEqual(await askAs(idClaims, "nobody"));
});

test.each([
  undefined,
  null,
  "claims",
  [],
  {},
  { "cognito:username": "ada" },
  { username: "ada" },
  { token_use: "id", username: "ada" },
  { token_use: "access", "cognito:username": "ada" },
  { token_use: "id", "cognito:username": "" },
  { token_use: "id", "cognito:username": ["ada"] },
  { token_use: "refresh", username: "ada", "cognito:username": "ada" },
  { token_use: "constructor", "cognito:username": "ada" },
])("takes nobody's word for who is calling: %j", async (claims) => {
  const calls = cognito();
  captureLog();
  expect(await askAs(claims, "ada")).toMatchObject(unauthorized);
  expect(calls).toEqual([]);
});

test.each([
  ["id", accessClaims],
  ["access", idClaims],
])("takes %s tokens only, where the gateway lets the other kind pass", async (tokenUse, claims) => {
  process.env.TOKEN_USE = tokenUse;
  const calls = cognito();
  expect(await askAs(claims, "ada")).toMatchObject(unauthorized);
  expect(calls).toEqual([]);
});

test.each(handlerNames)("%s refuses the other kind of token before it reads the body", async (name) => {
  const more = { requestContext: { authorizer: { claims: accessClaims } } };
  expect(await ask(name, "no object", more)).toMatchObject(unauthorized);
});

test("accepts no token at all while it is not told which kind", async () => {
  process.env.TOKEN_USE = "";
  captureLog();
  expect(await askAs(idClaims, "ada")).toMatchObject({ status: 500 });
});

test("echo answers the claims as the authorizer passed them on, and 401 without any", async () => {
  const echo = (claims: unknown) => ask("echo", undefined, { requestContext: { authorizer: { claims } } });
  const all = { ...ours, ...idClaims, exp: "Fri Jul 29 18:52:53 UTC 2016" };
  expect(await echo(all)).toMatchObject({ status: 200, body: succeeded(all) });
  expect(await echo(undefined)).toMatchObject(unauthorized);
});

test.each([
  ["id", idClaims, { aud: "other", client_id: environment.CLIENT_ID }],
  ["id", idClaims, { client_id: environment.CLIENT_ID }],
  ["id", idClaims, { aud: [environment.CLIENT_ID] }],
  ["access", accessClaims, { client_id: "other", aud: environment.CLIENT_ID }],
  ["access", accessClaims, {}],
])(
  "refuses the %s token of another app client of the pool, which a REST API lets pass",
  async (use, claims, client) => {
    process.env.TOKEN_USE = use;
    const calls = cognito();
    expect(await askAs(claims, "ada", client)).toMatchObject(unauthorized);
    expect(calls).toEqual([]);
  },
);

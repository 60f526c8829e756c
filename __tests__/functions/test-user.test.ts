/** Whose attributes a caller may read. */
import { fakeCognito, responds } from "./support/fake-cognito";
import { captureLog, environment, failed, invoke, succeeded, useEnvironment } from "./support/handlers";
import { handlerNames } from "./support/requests";

useEnvironment();

const attributes = [
  { Name: "sub", Value: "6e8acaa9" },
  { Name: "email", Value: "ada@example.com" },
];
const forbidden = { status: 403, body: failed("Only members of the group admin may read another user") };
const unauthorized = { status: 401, body: failed("Unauthorized") };

const idClaims = { token_use: "id", sub: "6e8acaa9", "cognito:username": "ada" };
const accessClaims = { token_use: "access", sub: "6e8acaa9", username: "ada" };
/** The app client of this stack, as each kind of token names it. */
const ours = { aud: environment.CLIENT_ID, client_id: environment.CLIENT_ID };
const invokeAs = (claims: unknown, username: string, client: object = ours) => {
  const all =
    typeof claims === "object" && claims !== null && !Array.isArray(claims) ? { ...client, ...claims } : claims;
  return invoke("test-user", { username }, { requestContext: { authorizer: { claims: all } } });
};
const cognito = () =>
  fakeCognito({ AdminGetUser: responds({ Username: "ada", UserAttributes: attributes, UserStatus: "CONFIRMED" }) });

test.each([
  idClaims,
  accessClaims,
  { ...idClaims, username: "grace" },
  { ...accessClaims, "cognito:username": "grace" },
])("returns the caller's attributes in Cognito's form, and nothing more: %j", async (claims) => {
  process.env.TOKEN_USE = claims.token_use;
  const requests = cognito();
  expect(await invokeAs(claims, "ada")).toMatchObject({ status: 200, body: succeeded(attributes) });
  expect(requests.map(({ operation, input }) => [operation, input])).toEqual([
    ["AdminGetUser", { UserPoolId: environment.USER_POOL_ID, Username: "ada" }],
  ]);
  expect(requests[0]?.headers.get("authorization")).toMatch(/^AWS4-HMAC-SHA256 /);
});

test("compares names without case, as the pool does, and sends Cognito the name in the claims", async () => {
  const requests = cognito();
  expect((await invokeAs({ ...idClaims, "cognito:username": "Ada" }, "aDA")).status).toBe(200);
  expect(requests[0]?.input).toMatchObject({ Username: "Ada" });
});

test.each(["admin", "admin,users", "users,admin", "[admin]", "[admin users]", "[users admin]"])(
  "lets a member of %s read another user",
  async (groups) => {
    const requests = cognito();
    expect((await invokeAs({ ...idClaims, "cognito:groups": groups }, "grace")).status).toBe(200);
    expect(requests[0]?.input).toMatchObject({ Username: "grace" });
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
])("denies another user to a member of %p, without a request to Cognito", async (groups) => {
  const requests = cognito();
  expect(await invokeAs({ ...idClaims, "cognito:groups": groups }, "grace")).toMatchObject(forbidden);
  expect(requests).toEqual([]);
});

test("responds alike for existing and missing users", async () => {
  cognito();
  expect(await invokeAs(idClaims, "grace")).toEqual(await invokeAs(idClaims, "nobody"));
});

const sub = "6e8acaa9";
test.each([
  undefined,
  null,
  "claims",
  [],
  {},
  { sub, "cognito:username": "ada" },
  { sub, username: "ada" },
  { sub, token_use: "id", username: "ada" },
  { sub, token_use: "access", "cognito:username": "ada" },
  { sub, token_use: "id", "cognito:username": "" },
  { sub, token_use: "id", "cognito:username": ["ada"] },
  { sub, token_use: "refresh", username: "ada", "cognito:username": "ada" },
  { sub, token_use: "constructor", "cognito:username": "ada" },
  { token_use: "id", "cognito:username": "ada" },
  { sub: "", token_use: "id", "cognito:username": "ada" },
])("accepts no identity but that of verified claims: %j", async (claims) => {
  const requests = cognito();
  captureLog();
  expect(await invokeAs(claims, "ada")).toMatchObject(unauthorized);
  expect(requests).toEqual([]);
});

test.each([
  ["id", accessClaims],
  ["access", idClaims],
])("accepts %s tokens only, where the gateway lets the other kind pass", async (tokenUse, claims) => {
  process.env.TOKEN_USE = tokenUse;
  const requests = cognito();
  expect(await invokeAs(claims, "ada")).toMatchObject(unauthorized);
  expect(requests).toEqual([]);
});

test.each(handlerNames)("%s rejects the other kind of token before it reads the body", async (name) => {
  const more = { requestContext: { authorizer: { claims: accessClaims } } };
  expect(await invoke(name, "no object", more)).toMatchObject(unauthorized);
});

test("accepts no token while TOKEN_USE is not set", async () => {
  process.env.TOKEN_USE = "";
  captureLog();
  expect(await invokeAs(idClaims, "ada")).toMatchObject({ status: 500 });
});

test("echo returns the claims as the authorizer passed them, and 401 without any", async () => {
  const echo = (claims: unknown) => invoke("echo", undefined, { requestContext: { authorizer: { claims } } });
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
  "rejects the %s token of another app client of the pool, which a REST API lets pass",
  async (use, claims, client) => {
    process.env.TOKEN_USE = use;
    const requests = cognito();
    expect(await invokeAs(claims, "ada", client)).toMatchObject(unauthorized);
    expect(requests).toEqual([]);
  },
);

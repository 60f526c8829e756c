import { clientId, failure, goodPassword, hash, poolId, type Running, startCognito } from "./harness";
import { type Challenge, srpClient } from "./srp-client";

const poolName = poolId.split("_")[1] ?? "";
const web = "webclient1234567890abcdefg";
const explicit_auth_flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];

let cognito: Running;
beforeEach(async () => {
  cognito = await startCognito({ clients: { [web]: { client_secret: undefined, explicit_auth_flows } } });
  await cognito.user("ada");
});
afterEach(() => cognito.close());

const incorrect = failure("NotAuthorizedException", "Incorrect username or password.");

async function start(name: string, SRP_A: string, more: object = {}) {
  const AuthParameters = { USERNAME: name, SRP_A, ...more };
  return cognito.call("InitiateAuth", { AuthFlow: "USER_SRP_AUTH", ClientId: web, AuthParameters });
}
const respond = (ChallengeResponses: object, more: object = {}) =>
  cognito.call("RespondToAuthChallenge", {
    ChallengeName: "PASSWORD_VERIFIER",
    ClientId: web,
    ChallengeResponses,
    ...more,
  });

async function claimOf(name: string, password = goodPassword, at = cognito.clock.now) {
  const client = srpClient(poolName);
  const { body } = await start(name, client.SRP_A);
  return client.claim(body.ChallengeParameters as Challenge, password, at);
}

test.each(["ada", "ADA", "ada@example.com"])("signs in as %s without sending the password", async (name) => {
  const { status, body } = await respond(await claimOf(name));
  expect(status).toBe(200);
  expect(body.AuthenticationResult).toMatchObject({ RefreshToken: expect.any(String), TokenType: "Bearer" });
});

test("every one of many exchanges succeeds, whatever the leading bytes of its numbers", async () => {
  for (let count = 0; count < 40; count++) expect((await respond(await claimOf("ada"))).status).toBe(200);
}, 60_000);

test("rejects a wrong password, counts it, and locks out as other sign-ins do", async () => {
  for (let count = 0; count < 5; count++) {
    expect(await respond(await claimOf("ada", "wrong"))).toEqual(incorrect);
  }
  expect(await respond(await claimOf("ada"))).toEqual(failure("NotAuthorizedException", "Password attempts exceeded"));
  cognito.clock.now += 1000;
  expect((await respond(await claimOf("ada"))).status).toBe(200);
});

test("an unknown user gets a challenge of the same shape, with the same salt each time, and the same error", async () => {
  const { body: known } = await start("ada", "1234");
  const { body: first } = await start("nobody", "1234");
  const { body: second } = await start("nobody", "1234");
  const parameters = (body: typeof known) => body.ChallengeParameters as Record<string, string>;
  expect(Object.keys(first)).toEqual(Object.keys(known));
  expect(Object.keys(parameters(first))).toEqual(Object.keys(parameters(known)));
  expect(parameters(first).SALT).toBe(parameters(second).SALT);
  expect(parameters(first).SALT).toHaveLength(32);
  expect(parameters(first).SECRET_BLOCK).toHaveLength(parameters(known).SECRET_BLOCK?.length ?? 0);
  expect(await respond(await claimOf("nobody"))).toEqual(incorrect);
});

test("an unknown address gets a name in the pool, the same each time and of the form of a sub", async () => {
  const idOf = async (name: string) => {
    const { body } = await start(name, "1234");
    return (body.ChallengeParameters as Record<string, string>).USER_ID_FOR_SRP;
  };
  const id = await idOf("nobody@example.com");
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect([await idOf("Nobody@Example.com"), (await idOf("other@example.com")) === id]).toEqual([id, false]);
  expect(await idOf("nobody")).toBe("nobody");
  expect(await respond(await claimOf("nobody@example.com"))).toEqual(incorrect);
});

test("takes a claim once, for its user, and within five minutes", async () => {
  const claim = await claimOf("ada");
  expect((await respond(claim)).status).toBe(200);
  expect((await respond(claim)).body.__type).toBe("NotAuthorizedException");
  await cognito.user("eve");
  expect(await respond({ ...(await claimOf("ada")), USERNAME: "eve" })).toEqual(incorrect);
  const minutes = (count: number) => cognito.clock.now + count * 60_000;
  for (const late of [minutes(6), minutes(-6)]) {
    const skewed = failure("NotAuthorizedException", "Invalid timestamp.");
    expect(await respond(await claimOf("ada", goodPassword, late))).toEqual(skewed);
  }
  expect((await respond(await claimOf("ada", goodPassword, minutes(4)))).status).toBe(200);
});

test.each(["", "2026-01-01T00:00:00Z", "Thu Jan 1 00:00:00 CET 2026"])("rejects the time %j", async (TIMESTAMP) => {
  const response = await respond({ ...(await claimOf("ada")), TIMESTAMP });
  expect(response.body.__type).toBe("InvalidParameterException");
});

test("a signature does not fit another time", async () => {
  const claim = await claimOf("ada");
  const later = await claimOf("ada", goodPassword, cognito.clock.now + 1000);
  expect(await respond({ ...claim, TIMESTAMP: later.TIMESTAMP })).toEqual(incorrect);
});

test.each(["0", "xyz", ""])("rejects the client's number %j", async (SRP_A) => {
  const { body } = await start("ada", SRP_A);
  if (body.__type) return expect(body.__type).toBe("InvalidParameterException");
  const claim = srpClient(poolName).claim(body.ChallengeParameters as Challenge, goodPassword, cognito.clock.now);
  return expect(await respond(claim)).toEqual(incorrect);
});

test("a client with a secret sends the hash with both requests", async () => {
  cognito.apply({ client: { explicit_auth_flows } });
  const client = srpClient(poolName);
  const begin = (more: object) =>
    cognito.call("InitiateAuth", {
      AuthFlow: "USER_SRP_AUTH",
      ClientId: clientId,
      AuthParameters: { USERNAME: "ada", SRP_A: client.SRP_A, ...more },
    });
  expect((await begin({})).body.message).toContain("SECRET_HASH was not received");
  const { body } = await begin({ SECRET_HASH: hash("ada") });
  const claim = client.claim(body.ChallengeParameters as Challenge, goodPassword, cognito.clock.now);
  expect((await respond(claim, { ClientId: clientId })).body.message).toContain("SECRET_HASH was not received");
  expect((await respond({ ...claim, SECRET_HASH: hash("ada") }, { ClientId: clientId })).status).toBe(200);
});

test("asks a user with a temporary password for a new one, with which SRP works", async () => {
  await cognito.admin("AdminSetUserPassword", { Username: "ada", Password: "Temporary-horse-9-x", Permanent: false });
  const { body } = await respond(await claimOf("ada", "Temporary-horse-9-x"));
  expect(body.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
  const changed = "Another-horse-9-battery";
  await respond(
    { USERNAME: "ada", NEW_PASSWORD: changed },
    { ChallengeName: "NEW_PASSWORD_REQUIRED", Session: body.Session },
  );
  expect((await respond(await claimOf("ada", changed))).status).toBe(200);
  expect(await respond(await claimOf("ada", goodPassword))).toEqual(incorrect);
});

test("an unconfirmed user learns so after the right password only", async () => {
  await cognito.signUp("eve");
  expect(await respond(await claimOf("eve", "wrong"))).toEqual(incorrect);
  expect((await respond(await claimOf("eve"))).body.__type).toBe("UserNotConfirmedException");
});

test("a user of an older store has SRP after a sign-in by password", async () => {
  const [user] = Object.values(cognito.store[poolId]?.users ?? {});
  if (user?.password) {
    const { verifier: _, ...old } = user.password;
    user.password = old;
  }
  expect(await respond(await claimOf("ada"))).toEqual(incorrect);
  await cognito.login("ada");
  expect((await respond(await claimOf("ada"))).status).toBe(200);
});

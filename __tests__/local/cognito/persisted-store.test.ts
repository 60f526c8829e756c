import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { persistedStore } from "../../../local/cognito/persisted-store";
import { startLocal } from "../../../local/server";
import { password, serve, signedIn } from "../../support/client";
import { synthesize } from "../../support/folder";
import { restStack, writeStack } from "../api-gateway/rest-stack";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "users-"));
  file = join(folder, "users.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("keeps users, keys and sign-ins over a restart", async () => {
  const stack = await synthesize();
  const before = persistedStore(file);
  const first = await serve(stack, before.store);
  const { id_token, refresh_token } = await signedIn(first);
  before.save();
  await first.local.close();

  const second = await serve(stack, persistedStore(file).store);
  expect((await second.get("/echo", { Authorization: String(id_token) })).status).toBe(200);
  expect((await second.post("/user/login", { username: "grace", password })).status).toBe(200);
  expect((await second.post("/user/renew_refresh_token", { username: "grace", refresh_token })).status).toBe(200);
});

test("writes only on a change, readable by the owner only, and leaves no partial file behind", () => {
  const { store, save } = persistedStore(file);
  save();
  expect(readdirSync(folder)).toEqual([]);
  store["us-east-1_a"] = { users: {}, logins: {}, refreshTokens: {}, sessions: {} };
  save();
  expect(readdirSync(folder)).toEqual(["users.json"]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { mtimeMs } = statSync(file);
  save();
  expect(statSync(file).mtimeMs).toBe(mtimeMs);
});

test.each(["", "[]", "null", "{"])("rejects a file that holds %j, and keeps it", (text) => {
  writeFileSync(file, text);
  expect(() => persistedStore(file)).toThrow(`${file} must hold the users that an earlier run wrote`);
  expect(statSync(file).size).toBe(text.length);
});

test("starts without users if there is no file", async () => {
  expect(persistedStore(file).store).toEqual({});
  const folder = writeStack(restStack([]));
  const options = { folder, port: 0, cognitoPort: 0, now: Date.now, log: () => {}, deliver: () => {} };
  await (await startLocal({ ...options, store: persistedStore(file).store })).close();
});

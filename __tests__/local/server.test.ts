import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { startLocal } from "../../local/server";

const options = { port: 0, cognitoPort: 0, now: Date.now, log: () => {}, deliver: () => {} };

test("listens on loopback only", async () => {
  const local = await startLocal(options);
  expect(local.apiUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(local.cognitoUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await local.close();
});

test("answers 503 before the first stack is loaded", async () => {
  const local = await startLocal(options);
  expect((await fetch(`${local.apiUrl}/v1/echo`)).status).toBe(503);
  await local.close();
});

test.each(["port", "cognitoPort"])(
  "rejects a %s that is taken, in one line, and leaves nothing listening",
  async (name) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const setting = name === "port" ? "PORT" : "COGNITO_PORT";
    await expect(startLocal({ ...options, [name]: port })).rejects.toThrow(
      `${setting} must be a free port, got ${port}: something else listens there`,
    );
    other.close();
  },
);

test("stops listening when it is closed", async () => {
  const local = await startLocal(options);
  await local.close();
  await expect(fetch(local.apiUrl)).rejects.toThrow();
});

test.each([
  ["evil.example", 421],
  ["127.0.0.1.evil.example", 421],
  ["localhost", 503],
  ["LOCALHOST:3001", 503],
])("answers the host name %s with %d: a page elsewhere cannot reach it by bending its DNS", async (host, status) => {
  const local = await startLocal(options);
  const answered = await new Promise((resolve) =>
    get(local.apiUrl, { headers: { host } }, (response) => resolve(response.resume().statusCode)),
  );
  expect(answered).toBe(status);
  await local.close();
});

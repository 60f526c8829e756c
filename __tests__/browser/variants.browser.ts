import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { add, ref, restStack, writeStack } from "../local/api-gateway/rest-stack";
import { synthesize } from "../support/folder";
import { openConsole, screenshot, serveFolder, signIn } from "./console-page";

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

test("signs in at Cognito where a stack of another project has no route for it", async () => {
  const authorizer_id = ref("aws_api_gateway_authorizer.authorizer.id");
  const values = { authorization: "COGNITO_USER_POOLS", authorizer_id };
  const json = restStack([{ method: "GET", path: "/mine", function: "echo", values }]);
  const pool = { name: "app", auto_verified_attributes: ["email"] };
  add(json.resource, "aws_cognito_user_pool", "pool", pool);
  add(json.resource, "aws_cognito_user_pool_client", "client", {
    name: "app",
    user_pool_id: ref("aws_cognito_user_pool.pool.id"),
    generate_secret: true,
    explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  const opened = await openConsole(await serveFolder(writeStack(json)));
  const { page, open, problems } = opened;
  await signIn(opened, "linus");
  await screenshot(page, "account-other-stack");
  await page.getByRole("button", { name: "Renew the tokens" }).click();
  await page.getByText("Cognito InitiateAuth", { exact: true }).waitFor();
  await open("Routes");
  await page.getByRole("link", { name: /GET \/v1\/mine/ }).click();
  await page.getByRole("button", { name: "Send GET" }).click();
  await page.getByRole("region", { name: "Response to GET" }).getByText("200").waitFor();
  await open("Account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "3. Sign in" }).waitFor();
  expect(problems).toEqual([]);
});

test("makes the forms of an HTTP API from the OpenAPI document beside it", async () => {
  const folder = await synthesize({ API_TYPE: "http" });
  const schema = { type: "object", required: ["text"], properties: { text: { type: "string", maxLength: 9 } } };
  const requestBody = { content: { "application/json": { schema } } };
  writeFileSync(join(folder, "openapi.json"), JSON.stringify({ paths: { "/notes": { post: { requestBody } } } }));
  const opened = await openConsole(await serveFolder(folder));
  const { page, open } = opened;
  await signIn(opened);
  await open("Routes");
  await page.getByRole("link", { name: "POST /v1/notes private" }).click();
  await page.getByLabel("text required").fill("Buy milk");
  await page.getByRole("button", { name: "Send POST" }).click();
  await page.getByRole("region", { name: "Response to POST" }).getByText("201").waitFor();
  await page.getByRole("link", { name: "How the gateway decided" }).click();
  await page.getByRole("listitem").filter({ hasText: "Integration" }).getByText("returned 201").waitFor();
});

test("renews and signs out with the refresh token in its cookie, if CORS_ORIGINS lists the console's origin", async () => {
  const port = await freePort();
  const settings = { REFRESH_TOKEN_COOKIE: "true", CORS_ORIGINS: `http://127.0.0.1:${port}` };
  const opened = await openConsole(await serveFolder(await synthesize(settings), { port }));
  const { page } = opened;
  await signIn(opened);
  await page.locator("summary", { hasText: "Refresh token" }).click();
  await page.getByText("In an HttpOnly cookie, which no page can read.").waitFor();
  await page.getByRole("button", { name: "Renew the tokens" }).click();
  await page
    .getByRole("region", { name: /renew_refresh_token/ })
    .getByText("200")
    .waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "3. Sign in" }).waitFor();
});

test("connects again when the local API has started again, and shows the new stack", async () => {
  const folder = await synthesize();
  const first = await serveFolder(folder);
  const { page } = await openConsole(first);
  await page.getByText("live", { exact: true }).waitFor();
  await first.close();
  await page.getByText("not connected").waitFor();
  await serveFolder(folder, { port: Number(new URL(first.apiUrl).port) });
  await page.getByText("live", { exact: true }).waitFor();
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { readConfig } from "../../config";
import { openApiDocument } from "../../openapi/document";
import { routes } from "../../routes";
import { ada, serve, shareKeys } from "../support/client";
import { synthesize } from "../support/folder";
import { launch } from "./chromium";

shareKeys();

let browser: Browser;
let page: Page;
let url: string;
const requested: string[] = [];
const problems: string[] = [];
beforeAll(async () => {
  const folder = await synthesize();
  writeFileSync(join(folder, "openapi.json"), JSON.stringify(openApiDocument(routes, readConfig({}))));
  const client = await serve(folder);
  await client.post("/user/sign-up", ada);
  await client.post("/user/confirm-sign-up", { username: "ada", code: client.mails.at(-1)?.code });
  browser = await launch();
  page = await (await browser.newContext()).newPage();
  page.on("request", (request) => requested.push(request.url()));
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && message.text().includes("Content Security Policy")) problems.push(message.text());
  });
  url = client.local.apiUrl;
  await page.goto(`${url}/_docs/`);
  await page.waitForSelector("#operations-user-postUserLogin");
});
afterAll(() => browser?.close());

/** Opens an operation and sends its example. @returns status and body of the response */
async function send(tag: string, operationId: string) {
  const operation = page.locator(`#operations-${tag}-${operationId}`);
  await operation.locator(".opblock-summary-control").click();
  await operation.locator("button.execute").click();
  const response = operation.locator(".live-responses-table .response").first();
  await response.waitFor();
  return {
    status: (await response.locator(".response-col_status").innerText()).trim(),
    body: await response.locator(".highlight-code").first().innerText(),
  };
}

test("shows every route", async () => {
  expect(await page.locator(".opblock").count()).toBe(routes.length);
});

test("a sign-in on the page is the one that later requests are sent with", async () => {
  expect((await send("user", "postUserLogin")).status).toBe("200");
  const { status, body } = await send("echo", "getEcho");
  expect([status, body]).toEqual(["200", expect.stringContaining('"cognito:username": "ada"')]);
});

test("takes the tokens of the console, which another page of this origin shows", async () => {
  const other = await page.context().newPage();
  await other.goto(`${url}/_docs/`);
  await other.waitForSelector("#operations-echo-getEcho");
  await page.evaluate(() => {
    const channel = new BroadcastChannel("session");
    channel.postMessage({ tokens: { id_token: "from-the-console" } });
  });
  await other.locator("button.authorize").click();
  await other.locator(".auth-container").getByText("Authorized", { exact: true }).waitFor();
  await other.close();
});

test("asks no other host for anything, and breaks no rule of its own", () => {
  expect(requested.filter((one) => !one.startsWith(url) && !one.startsWith("data:"))).toEqual([]);
  expect(problems).toEqual([]);
});

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import type { Local } from "../../local/server";
import { synthesize } from "../support/folder";
import { openConsole, serveFolder } from "./console-page";

let local: Local;
let other: Server;
let page: Page;
let requested: string[];
beforeAll(async () => {
  local = await serveFolder(await synthesize());
  other = createServer((_, res) =>
    res.setHeader("Content-Type", "text/html").end("<!doctype html><title>Other</title>"),
  );
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const opened = await openConsole(local);
  ({ page, requested } = opened);
});
afterAll(() => {
  other.closeAllConnections();
  other.close();
});

test("asks no other host for anything", () => {
  expect(requested.length).toBeGreaterThan(10);
  expect(requested.filter((url) => !url.startsWith(`${local.apiUrl}/_console`))).toEqual([]);
});

/** Runs a script as a page of another port of this machine, which is what another project's page would be. */
async function elsewhere<T>(script: string): Promise<T> {
  await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
  return page.evaluate<T>(script);
}
const users = async () => {
  const pool = local.stack.resources("aws_cognito_user_pool")[0]?.values.id;
  return ((await (await fetch(`${local.consoleUrl()}/api/users/${pool}`)).json()) as unknown[]).length;
};

test.each([
  ["reads nothing by fetch", "fetch(`${base}/api/events`).then(() => 'read', () => 'blocked')"],
  [
    "reads nothing without CORS",
    "fetch(`${base}/api/events`, { mode: 'no-cors' }).then((r) => (r.type === 'opaque' ? 'blocked' : 'read'), () => 'blocked')",
  ],
  [
    "reads no events",
    "new Promise((resolve) => { const events = new EventSource(`${base}/api/events`); events.onopen = () => resolve('read'); events.onerror = () => resolve('blocked'); })",
  ],
  [
    "loads no script of it",
    "new Promise((resolve) => { const script = document.createElement('script'); script.src = `${base}/format.js`; script.onload = () => resolve('read'); script.onerror = () => resolve('blocked'); document.head.append(script); })",
  ],
  [
    "sends no request with its header",
    "fetch(`${base}/api/cognito/SignUp`, { method: 'POST', headers: { 'x-console': '1' }, body: '{}' }).then(() => 'read', () => 'blocked')",
  ],
])("a page of another origin %s", async (_, script) => {
  expect(await elsewhere(`(() => { const base = "${local.consoleUrl()}"; return ${script}; })()`)).toBe("blocked");
});

test("a form of another origin changes nothing", async () => {
  const ClientId = String(local.stack.resources("aws_cognito_user_pool_client")[0]?.values.id);
  const input = JSON.stringify({ ClientId, Username: "mallory", Password: "Correct-Horse-7-Battery", rest: "=" });
  const [name = "", value = ""] = input.split('"="');
  await elsewhere(`(() => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", enctype: "text/plain", action: "${local.consoleUrl()}/api/cognito/SignUp" });
    const field = document.createElement("input");
    Object.assign(field, { name: ${JSON.stringify(`${name}"`)}, value: ${JSON.stringify(`"${value}`)} });
    form.append(field);
    document.body.append(form);
    form.submit();
  })()`);
  await page.waitForURL(/_console/);
  expect(await page.textContent("body")).toContain("Sec-Fetch-Site must be same-origin, got same-site");
  expect(await users()).toBe(0);
});

test("another page cannot frame the console", async () => {
  await elsewhere(`(() => {
    const frame = document.createElement("iframe");
    frame.src = "${local.consoleUrl()}";
    document.body.append(frame);
    return new Promise((resolve) => frame.addEventListener("load", resolve));
  })()`);
  const [, frame] = page.frames();
  expect(await frame?.locator("#header").count()).toBe(0);
});

import type { Page } from "playwright-core";
import { synthesize } from "../support/folder";
import { openConsole, serveFolder } from "./console-page";

/** Presses Tab until the focus is on something of that accessible name. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let press = 0; press < 60; press++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate<string>(`(() => {
      const one = document.activeElement;
      const label = one.labels?.[0] ?? one;
      return (one.getAttribute("aria-label") ?? label.innerText ?? "").replace(/\\s+/g, " ").trim();
    })()`);
    seen.push(focused);
    if (name.test(focused)) return;
  }
  throw new Error(`no Tab reached ${name}: ${seen.join(" | ")}`);
}

/** What the screen reader announces. */
const announced = (page: Page, text: RegExp) => page.getByRole("status").getByText(text).waitFor({ state: "attached" });

test("signs up, confirms, signs in and calls a private route by keyboard alone, at 390 pixels", async () => {
  const local = await serveFolder(await synthesize());
  const { page } = await openConsole(local, { width: 390 });
  const { keyboard } = page;
  await keyboard.press("Tab");
  await keyboard.press("Enter"); // Skip to the content
  await page.locator("#main:focus").waitFor();

  await page.goto(local.consoleUrl() ?? "");
  await page.getByRole("heading", { name: "Routes" }).waitFor();
  await tabTo(page, /^Account/);
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Account" }).waitFor();
  await tabTo(page, /^username/);
  await keyboard.press("ControlOrMeta+A");
  await keyboard.type("grace");
  await tabTo(page, /^email/);
  await keyboard.press("ControlOrMeta+A");
  await keyboard.type("grace@example.com");
  await keyboard.press("Enter");
  await announced(page, /POST \/v1\/user\/sign-up: 200|Mail to grace@example.com: code \d{6}/);
  await page.getByText("grace@example.com").waitFor();
  await tabTo(page, /^Use it/);
  await keyboard.press("Enter");
  await page.locator("#confirm-code:focus").waitFor();
  await keyboard.press("Enter");
  await announced(page, /POST \/v1\/user\/confirm-sign-up: 200/);
  await tabTo(page, /^Sign in/);
  await keyboard.press("Enter");
  await announced(page, /POST \/v1\/user\/login: 200/);

  await page.goto(`${local.consoleUrl()}#/routes`);
  await page.getByRole("heading", { name: "Routes" }).waitFor();
  await tabTo(page, /GET \/v1\/echo private/);
  await keyboard.press("Enter");
  await page
    .locator(":focus")
    .filter({ hasText: /^GET \/v1\/echo$/ })
    .waitFor(); // the heading of the route
  await tabTo(page, /^Send GET/);
  await keyboard.press("Enter");
  await announced(page, /GET \/v1\/echo: 200/);
});

import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { Local } from "../../local/server";
import { synthesize } from "../support/folder";
import { openConsole, screenshot, serveFolder, signIn } from "./console-page";

let local: Local;
beforeAll(async () => {
  local = await serveFolder(await synthesize());
});

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds on the page as it is now, of any impact. */
async function findings(page: Page): Promise<string[]> {
  // Not a script element: the content security policy allows none, and this is not the page's own code.
  await page.evaluate(axe);
  const violations = await page.evaluate<Finding[]>("axe.run().then(({ violations }) => violations)");
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${impact} ${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

/** A label whose input shares its id belongs to another input. */
const repeatedIds = (page: Page) =>
  page.evaluate<string[]>(
    "[...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, at, all) => all.indexOf(id) !== at)",
  );

/** The page must not scroll sideways. */
const overflow = (page: Page) =>
  page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

describe.each([
  [1280, "light"],
  [1280, "dark"],
  [390, "light"],
  [390, "dark"],
] as const)("at %i pixels, %s", (width, colorScheme) => {
  test("axe finds nothing in any view, and no view is wider than the window", async () => {
    const console = await openConsole(local, { width, colorScheme });
    const { page, open, problems } = console;
    const found: string[] = [];
    const check = async (view: string) => {
      await screenshot(page, `${view}-${width}-${colorScheme}`);
      found.push(...(await findings(page)).map((finding) => `${view}: ${finding}`));
      found.push(...(await repeatedIds(page)).map((id) => `${view}: the id ${id} is not unique`));
      if ((await overflow(page)) > 0) found.push(`${view} is wider than the window`);
    };
    await check("routes");
    await page.getByRole("link", { name: "POST /v1/notes private" }).click();
    await check("route");
    await signIn(console, `${colorScheme}-${width}`);
    await check("account");
    await page.locator("summary", { hasText: "Access token" }).click();
    await check("tokens");
    await open("Routes");
    await page.getByRole("link", { name: "POST /v1/notes private" }).click();
    await page.getByLabel("text").fill(`Buy milk ${width} ${colorScheme}`);
    await page.getByRole("button", { name: "Send POST" }).click();
    await page.getByRole("link", { name: "How the gateway decided" }).waitFor();
    await check("route-sent");
    await open("Requests");
    await check("requests");
    await page
      .getByRole("link", { name: /\/user\/login/ })
      .first()
      .click();
    await page.getByRole("heading", { name: "Decisions of the gateway" }).waitFor();
    await check("request");
    await open("Users");
    await page.getByRole("link", { name: `${colorScheme}-${width}` }).click();
    await check("user");
    await open("Tables");
    await page.getByRole("cell", { name: `Buy milk ${width} ${colorScheme}` }).waitFor();
    await check("tables");
    expect(found).toEqual([]);
    expect(problems).toEqual([]);
  });
});

/** A local API and a page of its console in a real browser. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { type Local, type LocalOptions, startLocal } from "../../local/server";
import { shareKeys } from "../support/client";
import { launch } from "./chromium";

shareKeys();

let browser: Browser | undefined;
const closes: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const close of closes.splice(0)) await close();
  await browser?.close();
});

export async function serveFolder(folder: string, options: Partial<LocalOptions> = {}): Promise<Local> {
  const local = await startLocal({
    folder,
    port: 0,
    cognitoPort: 0,
    now: Date.now,
    log: () => {},
    deliver: () => {},
    ...options,
  });
  closes.push(local.close);
  return local;
}

export interface PageOptions {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
}

export interface ConsolePage {
  readonly page: Page;
  /** Errors of scripts, of the content security policy and of loading. */
  readonly problems: string[];
  /** Every URL that the browser asked for. */
  readonly requested: string[];
  /** Goes to a view by its link. */
  open(view: string): Promise<void>;
}

/** Opens the console in a browser profile of its own. */
export async function openConsole(local: Local, options: PageOptions = {}): Promise<ConsolePage> {
  browser ??= await launch();
  const { width = 1280, colorScheme = "light" } = options;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const problems: string[] = [];
  const requested: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    // A response with an error status is what some tests are about.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      problems.push(message.text());
  });
  page.on("request", (request) => requested.push(request.url()));
  await page.goto(local.consoleUrl() ?? "");
  await page.getByRole("heading", { name: "Routes", level: 1 }).waitFor();
  return {
    page,
    problems,
    requested,
    async open(view) {
      await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: view }).click();
      await page.getByRole("heading", { name: view, level: 1 }).waitFor();
    },
  };
}

/** Keeps a picture of the page if SCREENSHOTS names a folder: for people to look at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** Signs a user up, confirms and signs in, as a person would: by the account's forms and the inbox. */
export async function signIn({ page, open }: ConsolePage, username = "ada"): Promise<void> {
  await open("Account");
  const form = (name: string) => page.getByRole("form", { name });
  await form("1. Sign up").getByLabel("username").fill(username);
  await form("1. Sign up").getByLabel("email").fill(`${username}@example.com`);
  await page.getByRole("button", { name: "Sign up" }).click();
  const mail = page.getByRole("listitem").filter({ hasText: `${username}@example.com` });
  await mail.getByRole("button", { name: "Use it" }).click();
  await page.getByRole("button", { name: "Confirm" }).click();
  await form("2. Confirm with the code").getByText("200").waitFor();
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: `Signed in as ${username}` }).waitFor();
}

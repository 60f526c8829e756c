import type { Store } from "../../local/cognito/cognito";
import { noFailures } from "../../local/cognito/lockout";
import { emptyPoolState } from "../../local/cognito/store";
import { synthesize } from "../support/folder";
import { openConsole, screenshot, serveFolder } from "./console-page";

const USERS = 500;
const REQUESTS = 1000;

function storeOf(poolId: string): Store {
  const users = Array.from({ length: USERS }, (_, index) => {
    const username = `user-${String(index).padStart(3, "0")}`;
    const user = {
      sub: `sub-${index}`,
      username,
      createdAt: index,
      modifiedAt: index,
      status: "CONFIRMED" as const,
      enabled: true,
      attributes: { email: `${username}@example.com`, email_verified: "true" },
      groups: index % 10 === 0 ? ["admin"] : [],
      codes: {},
      attempts: {},
      failures: noFailures,
    };
    return [user.sub, user] as const;
  });
  return { [poolId]: { ...emptyPoolState(), users: Object.fromEntries(users) } };
}

test(`stays fluid with ${REQUESTS} requests as they pass and ${USERS} users`, async () => {
  const folder = await synthesize();
  const first = await serveFolder(folder);
  const poolId = String(first.stack.resources("aws_cognito_user_pool")[0]?.values.id);
  const local = await serveFolder(folder, { store: storeOf(poolId) });
  const { page, open, problems } = await openConsole(local);
  await open("Requests");
  // The longest time in which the page could not react, while requests pass.
  await page.evaluate(`
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ type: "longtask" });`);
  for (let sent = 0; sent < REQUESTS; sent += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, at) => fetch(`${local.apiUrl}/v1/echo?number=${sent + at}`)));
  }
  await page.getByRole("link", { name: "Requests 1000" }).waitFor();
  const rows = page.getByRole("region", { name: "All requests" }).getByRole("listitem");
  expect(await rows.count()).toBe(100);
  expect(await rows.first().textContent()).toContain(`number=${REQUESTS - 1}`);
  await page.getByRole("button", { name: "Show more (100 of 1000)" }).click();
  expect(await rows.count()).toBe(200);

  await open("Users");
  const users = page.getByRole("region", { name: "All users" }).getByRole("listitem");
  await users.first().waitFor();
  expect(await users.count()).toBe(100);
  const typing = performance.now();
  await page.getByLabel("Filter users").pressSequentially("user-250");
  await page.getByRole("link", { name: /user-250/ }).waitFor();
  const typingMs = performance.now() - typing;
  expect(await users.count()).toBe(1);
  await screenshot(page, "users-500");

  const longest = await page.evaluate<number>("window.longest");
  process.stdout.write(`longest task ${Math.round(longest)} ms, typing 8 letters ${Math.round(typingMs)} ms\n`);
  // Far above what it takes, since a machine may be busy; far below what a list of a thousand rows takes.
  expect(longest).toBeLessThan(1000);
  expect(typingMs).toBeLessThan(8000);
  expect(problems).toEqual([]);
});

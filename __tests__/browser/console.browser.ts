import { synthesize } from "../support/folder";
import { type ConsolePage, openConsole, screenshot, serveFolder, signIn } from "./console-page";

let console_: ConsolePage;
beforeAll(async () => {
  console_ = await openConsole(await serveFolder(await synthesize()));
});

test("signs up with the code of the inbox, and shows the tokens with what each claim is for", async () => {
  const { page } = console_;
  await signIn(console_);
  await page.getByText("The user's identifier: never changes").first().waitFor();
  await page
    .getByText(/expires in 59 min|expires in 1 h/)
    .first()
    .waitFor();
  await screenshot(page, "account");
});

test("sends a request of a private route with the token that the route expects", async () => {
  const { page, open } = console_;
  await open("Routes");
  await screenshot(page, "routes");
  await page.getByRole("link", { name: /GET \/v1\/echo/ }).click();
  await page.getByRole("button", { name: "Send GET" }).click();
  await page.getByRole("region", { name: "Response to" }).getByText("200").waitFor();
  expect(await page.getByRole("region", { name: "Response body" }).textContent()).toContain(
    '"cognito:username": "ada"',
  );
  await screenshot(page, "route-echo");
});

test("makes a form from the request model, and shows the row that its request makes", async () => {
  const { page, open } = console_;
  await open("Routes");
  await page.getByRole("link", { name: /POST \/v1\/notes / }).click();
  await page.getByLabel("text").fill("Buy milk");
  await page.getByLabel("tags").fill("home\nshop");
  await page.getByRole("button", { name: "Send POST" }).click();
  await page
    .getByRole("region", { name: "Response to" })
    .getByText(/20[01]/)
    .waitFor();
  await screenshot(page, "route-form");
  await open("Tables");
  await page.getByRole("cell", { name: "Buy milk" }).waitFor();
  await screenshot(page, "tables");
});

test("explains step by step why a request was rejected", async () => {
  const { page, open } = console_;
  await open("Routes");
  await page.getByRole("link", { name: /GET \/v1\/echo/ }).click();
  await page.getByLabel("ada, access token").check();
  await page.getByRole("button", { name: "Send GET" }).click();
  await page.getByRole("link", { name: "How the gateway decided" }).click();
  const reason = "the token must be an id token, got an access token: the method has no scopes";
  await page.getByRole("listitem").filter({ hasText: "Authorizer" }).getByText(reason).waitFor();
  await page.getByRole("listitem").filter({ hasText: "Integration" }).getByText("not reached").waitFor();
  await screenshot(page, "request-rejected");
});

test("shows the log of a request's function", async () => {
  const { page, open } = console_;
  await open("Requests");
  await page.getByRole("link", { name: /POST \/v1\/user\/login/ }).click();
  await page.getByRole("heading", { name: "Log of the function" }).waitFor();
  await screenshot(page, "request");
});

test("shows users, and puts one into a group", async () => {
  const { page, open } = console_;
  await open("Users");
  await page.getByRole("link", { name: /ada/ }).click();
  await page.getByLabel("admin").check();
  await page.getByRole("link", { name: /ada/ }).getByText("admin").waitFor();
  await screenshot(page, "users");
});

import { writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { readConfig } from "../../config";
import { openApiDocument } from "../../openapi/document";
import { routes } from "../../routes";
import { type Client, serve, shareKeys } from "../support/client";
import { synthesize } from "../support/folder";

shareKeys();

let folder: string;
let client: Client;
beforeAll(async () => {
  folder = await synthesize();
  client = await serve(folder);
});

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** fetch sets Host by itself. */
const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  new Promise<Reply>((resolve, reject) => {
    request(`${client.local.apiUrl}${path}`, { method, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    })
      .on("error", reject)
      .end();
  });

test("says what to do where the stack has no document", async () => {
  const { status, text } = await get("/_docs/openapi.json");
  expect([status, JSON.parse(text).message]).toEqual([404, expect.stringContaining("npm run synth")]);
});

test("serves the page, its renderer, and the stack's document with this server's URL", async () => {
  writeFileSync(join(folder, "openapi.json"), JSON.stringify(openApiDocument(routes, readConfig({}))));
  expect(client.local.referenceUrl()).toBe(`${client.local.apiUrl}/_docs`);
  expect((await get("/_docs")).headers.location).toBe("/_docs/");
  const page = await get("/_docs/");
  expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
  for (const [, file] of page.text.matchAll(/(?:src|href)="([\w.-]+)"/g)) {
    expect([file, (await get(`/_docs/${file}`)).status]).toEqual([file, 200]);
  }
  expect(page.text).not.toMatch(/https?:\/\//);
  const document = JSON.parse((await get("/_docs/openapi.json")).text);
  expect(document.servers).toEqual([{ url: "/v1", description: "The local API" }]);
  expect(document.paths).toHaveProperty("/user/login");
});

test.each(["/_docs/../package.json", "/_docs/%2e%2e/package.json", "/_docs/page/page.js", "/_docs/files.ts"])(
  "serves nothing else: %s",
  async (path) => {
    expect((await get(path)).status).toBeGreaterThanOrEqual(400);
  },
);

test.each<[string, Record<string, string>, number]>([
  ["another host name (DNS rebinding)", { Host: "evil.example" }, 421],
  ["a page of another origin", { Origin: "http://evil.example" }, 403],
  ["a script of another site", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors" }, 403],
  [
    "a frame of another port",
    { "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe" },
    403,
  ],
])("closes to %s", async (_, headers, status) => {
  for (const path of ["/_docs/", "/_docs/openapi.json"]) expect((await get(path, headers)).status).toBe(status);
});

test("may load from and send to its own origin only, and not be framed", async () => {
  const policy = String((await get("/_docs/")).headers["content-security-policy"]);
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
});

test("a path that only begins alike is the API's", async () => {
  expect((await get("/_docsx")).status).toBe(403); // as for any unknown path of a REST API
  expect((await get("/_docs/", {}, "POST")).status).toBe(403);
});

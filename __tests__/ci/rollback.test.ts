/** `npm run rollback`, and the alias that it moves. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { type Releases, rollback } from "../../ci/rollback";
import { releasesOf } from "../../ci/rollback-main";

function fake(current: number, versions: readonly number[]): Releases & { readonly moves: unknown[] } {
  const moves: unknown[] = [];
  return {
    moves,
    current: async () => ({ version: current, revision: "r1" }),
    versions: async () => versions,
    move: async (...move) => void moves.push(move),
  };
}

test("moves back to the last version before the current one, which need not be the number before it", async () => {
  const releases = fake(7, [7, 2, 5, 8]);
  expect(await rollback(releases)).toMatch(/^live: 7 -> 5\. The next plan shows 5 -> 7 .* revert the change/);
  expect(releases.moves).toEqual([[5, "r1"]]);
});

test("moves to a version that is named, a later one too", async () => {
  const releases = fake(5, [2, 5, 8]);
  await rollback(releases, 8);
  expect(releases.moves).toEqual([[8, "r1"]]);
});

test.each([
  ["the first version", 2, undefined, "VERSION must be one of 2, 5, got none before 2"],
  ["a version that does not exist", 5, 3, "VERSION must be one of 2, 5, got 3"],
  ["the current version", 5, 5, "VERSION must not be the current one, got 5"],
])("rejects %s", async (_, current, wanted, message) => {
  const releases = fake(current, [5, 2]);
  await expect(rollback(releases, wanted)).rejects.toThrow(message);
  expect(releases.moves).toEqual([]);
});

describe("the requests to Lambda", () => {
  let server: Server;
  const requests: string[] = [];
  let client: LambdaClient;
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (data) => {
        body += data;
      });
      request.on("end", () => {
        requests.push(`${request.method} ${request.url} ${body}`.trim());
        response.setHeader("Content-Type", "application/json");
        const second = request.url?.includes("Marker");
        const page = second
          ? { Versions: [{ Version: "10" }, { Version: "9" }] }
          : { Versions: [{ Version: "$LATEST" }, { Version: "8" }], NextMarker: "next" };
        const alias = { Name: "live", FunctionVersion: "10", RevisionId: "r7" };
        response.end(JSON.stringify(request.url?.includes("/versions") ? page : alias));
      });
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    client = new LambdaClient({ region: "us-east-1", endpoint: `http://127.0.0.1:${port}`, credentials });
  });
  afterAll(() => {
    client.destroy();
    server.close();
  });

  test("read all pages of versions, and move the alias that was read", async () => {
    await rollback(releasesOf(client, "cognito-api-dev-login"));
    const path = "/2015-03-31/functions/cognito-api-dev-login";
    expect(requests.filter((request) => request.startsWith("GET")).sort()).toEqual([
      `GET ${path}/aliases/live`,
      `GET ${path}/versions`,
      `GET ${path}/versions?Marker=next`,
    ]);
    expect(requests.at(-1)).toBe(`PUT ${path}/aliases/live {"FunctionVersion":"9","RevisionId":"r7"}`);
  });
});

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { putComment } from "../../ci/comment";
import { MARKER } from "../../review/render/markdown";

/** Pages of comments as GitHub returns them, and a record of the requests. */
async function withGitHub(
  pages: readonly object[][],
  status: number,
  test: (apiUrl: string, requests: string[]) => Promise<void>,
) {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    requests.push(`${request.method} ${request.url} ${body}`);
    const page = Number(new URL(request.url ?? "", "http://x").searchParams.get("page"));
    response.writeHead(status, { "content-type": "application/json" });
    response.end(
      JSON.stringify(request.method === "GET" ? (pages[page - 1] ?? []) : { html_url: "https://github.example/1" }),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    await test(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

const target = (apiUrl: string) => ({ apiUrl, repository: "o/r", pullRequest: 5, token: "t" });
const others = Array.from({ length: 100 }, (_, id) => ({ id, body: "hello", user: { type: "User" } }));

test("creates a comment where there is none of its own", async () => {
  const copied = { id: 9, body: `${MARKER} by hand`, user: { type: "User" } };
  await withGitHub([[copied]], 200, async (url, requests) => {
    expect(await putComment(target(url), `${MARKER} new`)).toBe("https://github.example/1");
    expect(requests[1]).toBe(`POST /repos/o/r/issues/5/comments ${JSON.stringify({ body: `${MARKER} new` })}`);
  });
});

test("updates its own comment in place, on whichever page it stands", async () => {
  await withGitHub([others, [{ id: 77, body: `${MARKER} old`, user: { type: "Bot" } }]], 200, async (url, requests) => {
    await putComment(target(url), `${MARKER} new`);
    expect(requests[2]).toMatch(/^PATCH \/repos\/o\/r\/issues\/comments\/77 /);
  });
});

test("reports a rejected request, without the token", async () => {
  await withGitHub([], 403, async (url) => {
    await expect(putComment(target(url), MARKER)).rejects.toThrow(
      "GET /issues/5/comments?per_page=100&page=1: GitHub responded with 403",
    );
  });
});

test("puts nothing on a pull request that is no review", async () => {
  await expect(putComment(target("http://127.0.0.1:1"), "hello")).rejects.toThrow("must begin with");
});

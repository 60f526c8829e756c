import { putComment } from "../../ci/comment";
import { MARKER } from "../../review/render/markdown";
import { withGitHub } from "./github";

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

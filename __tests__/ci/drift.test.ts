import { reportDrift } from "../../ci/drift-issue";
import { MARKER } from "../../review/render/markdown";
import { withGitHub } from "./github";

const RUN = "https://github.example/run/1";
const target = (apiUrl: string) => ({ apiUrl, repository: "o/r", token: "t" });
const review = `${MARKER} one route is public`;
const bot = { type: "Bot" };
const own = { number: 3, body: "<!-- drift -->\nold", user: bot };
const notOwn = [
  { number: 1, body: "<!-- drift --> by hand", user: { type: "User" } },
  { number: 2, body: "<!-- drift -->", user: bot, pull_request: {} },
  { number: 4, body: null, user: null },
];

test("opens an issue with the review's words where there is none of its own", async () => {
  await withGitHub([notOwn], 200, async (url, requests) => {
    expect(await reportDrift(target(url), review, RUN)).toBe("opened issue 8");
    expect(requests[0]).toMatch(/^GET \/repos\/o\/r\/issues\?state=open&per_page=100&page=1/);
    expect(requests[1]).toMatch(/^POST \/repos\/o\/r\/issues \{"title":"AWS differs from the code"/);
    expect(requests[1]).toContain("one route is public");
    expect(requests[1]).toContain(RUN);
    expect(requests).toHaveLength(2);
  });
});

test("updates its open issue in place", async () => {
  await withGitHub([[...notOwn, own]], 200, async (url, requests) => {
    expect(await reportDrift(target(url), review, RUN)).toBe("updated issue 3");
    expect(requests[1]).toMatch(/^PATCH \/repos\/o\/r\/issues\/3 \{"body":"<!-- drift -->/);
    expect(requests).toHaveLength(2);
  });
});

test("closes its issue, and says why, when nothing differs", async () => {
  await withGitHub([[own]], 200, async (url, requests) => {
    expect(await reportDrift(target(url), undefined, RUN)).toBe("nothing differs any more: closed issue 3");
    expect(requests[1]).toMatch(/^POST \/repos\/o\/r\/issues\/3\/comments .*Nothing differs/);
    expect(requests[2]).toMatch(/^PATCH \/repos\/o\/r\/issues\/3 .*"closed"/);
  });
});

test("does nothing when nothing differs and no issue is open", async () => {
  await withGitHub([notOwn], 200, async (url, requests) => {
    expect(await reportDrift(target(url), undefined, RUN)).toBe("nothing differs");
    expect(requests).toHaveLength(1);
  });
});

test("reports a rejected request, without the token, and puts nothing in an issue that is no review", async () => {
  await withGitHub([], 403, async (url) => {
    await expect(reportDrift(target(url), review, RUN)).rejects.toThrow("GitHub responded with 403");
  });
  await expect(reportDrift(target("http://127.0.0.1:1"), "hello", RUN)).rejects.toThrow("must begin with");
});

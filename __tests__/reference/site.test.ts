import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readOptions } from "../../reference/options";
import { writeSite } from "../../reference/write-site";

test("writes a folder that holds all it loads", () => {
  const folder = mkdtempSync(join(tmpdir(), "reference-"));
  writeSite(join(folder, "site"), { openapi: "3.1.1" });
  const files = readdirSync(join(folder, "site"));
  const page = readFileSync(join(folder, "site/index.html"), "utf8");
  const loaded = [...page.matchAll(/(?:src|href)="([\w.-]+)"/g)].map(([, name]) => name);
  expect(loaded).toHaveLength(3);
  expect(files).toEqual(expect.arrayContaining([...loaded, "openapi.json", "LICENSE"]));
  expect(JSON.parse(readFileSync(join(folder, "site/openapi.json"), "utf8"))).toEqual({ openapi: "3.1.1" });
  rmSync(folder, { recursive: true });
});

test("the renderer comes without its telemetry package", () => {
  const renderer = require.resolve("swagger-ui-dist/package.json");
  const telemetry = require.resolve("@scarf/scarf/package.json", { paths: [dirname(renderer)] });
  expect(JSON.parse(readFileSync(telemetry, "utf8"))).toMatchObject({ name: "empty-npm-package" });
});

test("reads folder and URL", () => {
  expect(readOptions([])).toEqual({ folder: "api-reference", url: undefined });
  expect(readOptions(["site", "--url", "https://api.example/v1"])).toEqual({
    folder: "site",
    url: "https://api.example/v1",
  });
  expect(readOptions(["--help"])).toContain("npm run docs");
});

test.each([
  [["a", "b"], "Unexpected argument b"],
  [["--url", "api.example"], '--url must be a URL such as https://api.example/v1, got "api.example"'],
  [["--pdf"], "Unknown option '--pdf'"],
])("rejects %j", (args, reason) => {
  expect(() => readOptions(args)).toThrow(reason);
});

import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { watchSources } from "../../../local/synthesis/watch";

const root = mkdtempSync(join(tmpdir(), "watched-"));
const write = (path: string, text = "") => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
/** The atomic save of many editors: write another file, then rename it. */
const replace = (path: string) => {
  write(".saved", "new");
  renameSync(join(root, ".saved"), join(root, path));
};

for (const path of ["functions/a.ts", "functions/shared/b.ts", "constructs/c.ts", "stack.ts"]) write(path);
const changed = jest.fn();
const end = watchSources(root, changed);
afterAll(() => {
  end();
  rmSync(root, { recursive: true });
});

test("ignores files that are not sources", async () => {
  for (const path of ["cdktf.out/manifest.json", "README.md", ".local-users.json"]) write(path, "1");
  await new Promise((resolve) => setTimeout(resolve, 100)); // several times SETTLE_MS
  expect(changed).not.toHaveBeenCalled();
});

test.each<[string, () => void]>([
  ["a handler is written", () => write("functions/a.ts", "1")],
  ["a handler is replaced", () => replace("functions/a.ts")],
  ["it is replaced again", () => replace("functions/a.ts")],
  ["it is replaced a third time", () => replace("functions/a.ts")],
  ["a shared file is replaced", () => replace("functions/shared/b.ts")],
  ["a construct is written", () => write("constructs/c.ts", "1")],
  ["a folder is made", () => mkdirSync(join(root, "constructs/deep"))],
  ["a file is written in it", () => write("constructs/deep/d.ts")],
  ["a whole folder is removed", () => rmSync(join(root, "functions"), { recursive: true })],
  ["the folder is made again", () => write("functions/shared/b.ts")],
  ["a file in it is replaced", () => replace("functions/shared/b.ts")],
  ["a file of the root is replaced", () => replace("stack.ts")],
  ["the settings are written", () => write(".env", "STAGE=x")],
])("reports that %s", async (_, change) => {
  const report = new Promise<void>((resolve) => changed.mockImplementation(resolve));
  change();
  await report;
});

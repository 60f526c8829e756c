/** README and docs name only files, folders and scripts that exist. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = join(__dirname, "..");
const NOT_TRACKED = ["node_modules", ".git", "cdktf.out", "coverage"];

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !NOT_TRACKED.includes(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : [relative(root, path).replaceAll("\\", "/")];
    });
}

const files = filesIn(root);
const folders = new Set(files.flatMap((file) => file.split("/").map((_, i, all) => `${all.slice(0, i).join("/")}/`)));
const pages = files.filter((file) => file.endsWith(".md"));

/** Written by a tool, or an example of what a reader writes. */
const GENERATED =
  /^(cdktf\.out\/.*|plans\/|cdk\.tf\.json|openapi\.json|plan\.json|comment\.md|functions\/(my-thing|shared\/greetings)\.ts)$/;
const NAMES_A_FILE = /^[\w.@-]+(\/[\w.@-]+)*(\.(ts|mjs|cjs|js|json|md|sh|yml|py|txt|tf)|\/)$/;

/** A page may name a file by the end of its path: `tour.test.ts`. */
const isThere = (name: string) =>
  [...files, ...folders].some((path) => path === name || path.endsWith(`/${name}`)) || GENERATED.test(name);

test.each(pages)("%s has no link to a file that does not exist", (page) => {
  const text = readFileSync(join(root, page), "utf8");
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = ""]) => target);
  const broken = links.filter((target) => !/^\w+:/.test(target) && !existsSync(join(root, dirname(page), target)));
  expect(broken).toEqual([]);
});

test.each(pages)("%s names no file or folder that does not exist", (page) => {
  const spans = [...readFileSync(join(root, page), "utf8").matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
  expect(spans.filter((span) => NAMES_A_FILE.test(span) && !isThere(span))).toEqual([]);
});

test.each(pages)("%s names no npm script that does not exist", (page) => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
  const named = [...readFileSync(join(root, page), "utf8").matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)];
  expect(named.map(([, name = ""]) => name).filter((name) => !(name in scripts))).toEqual([]);
});

test("the pages are found", () => {
  expect(pages).toEqual(expect.arrayContaining(["README.md", "docs/architecture.md"]));
});

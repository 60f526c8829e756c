import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

export interface StaticFile {
  readonly type: string;
  readonly content: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

const PAGE = join(__dirname, "page");
/** lit-html ships standalone ES modules, so that a browser loads them as they are. Its entry for Node.js lies below them. */
const LIBRARY = /^.*node_modules[\\/]lit-html/.exec(require.resolve("lit-html"))?.[0] ?? "";

/** The page's files by their path below `/_console/`: only what is listed here can be read. */
export function pageFiles(): ReadonlyMap<string, () => StaticFile> {
  const page = readdirSync(PAGE, { recursive: true, encoding: "utf8" }).map(
    (name) => [name, join(PAGE, name)] as const,
  );
  const library = ["", "directives/"].flatMap((folder) =>
    readdirSync(join(LIBRARY, folder)).map((name) => [`lib/${folder}${name}`, join(LIBRARY, folder, name)] as const),
  );
  return new Map(
    [...page, ...library].flatMap(([name, file]) => {
      const type = TYPES[extname(name)];
      const path = name.replaceAll("\\", "/");
      // Read on each request: a change to the page needs no restart.
      return type ? [[path, () => ({ type, content: readFileSync(file) })] as const] : [];
    }),
  );
}

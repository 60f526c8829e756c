/** The files of the reference page, by name. They load nothing from elsewhere. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface ReferenceFile {
  readonly type: string;
  content(): Buffer;
}

const PAGE = join(__dirname, "page");

/** Folder of the renderer. @throws Error with the command that installs it */
function renderer(): string {
  try {
    return dirname(require.resolve("swagger-ui-dist/package.json"));
  } catch {
    throw new Error("swagger-ui-dist must be installed: npm ci (without --omit=dev)");
  }
}

/** @throws Error if the renderer is not installed */
export function referenceFiles(): ReadonlyMap<string, ReferenceFile> {
  const library = renderer();
  const files: readonly (readonly [string, string, string])[] = [
    ["index.html", "text/html; charset=utf-8", PAGE],
    ["page.js", "text/javascript; charset=utf-8", PAGE],
    ["swagger-ui.css", "text/css; charset=utf-8", library],
    ["swagger-ui-bundle.js", "text/javascript; charset=utf-8", library],
    ["LICENSE", "text/plain; charset=utf-8", library],
  ];
  return new Map(
    files
      .map(([name, type, folder]) => [name, type, join(folder, name)] as const)
      .filter(([, , file]) => existsSync(file))
      .map(([name, type, file]) => [name, { type, content: () => readFileSync(file) }]),
  );
}

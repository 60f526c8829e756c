/** `npm run docs`: the reference page of the API as a static folder. */
import { join, relative, resolve } from "node:path";
import { loadConfig } from "../config";
import { openApiDocument } from "../openapi/document";
import { routes } from "../routes";
import { readOptions } from "./options";
import { writeSite } from "./write-site";

try {
  const options = readOptions(process.argv.slice(2));
  if (typeof options === "string") process.stdout.write(`${options}\n`);
  else {
    const projectRoot = join(__dirname, "..");
    const folder = resolve(projectRoot, options.folder);
    const document = openApiDocument(routes, loadConfig(projectRoot, process.env));
    writeSite(folder, options.url === undefined ? document : { ...document, servers: [{ url: options.url }] });
    process.stdout.write(
      `Wrote ${relative(process.cwd(), folder) || "."}/index.html: publish the folder, or serve it to look at it\n`,
    );
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

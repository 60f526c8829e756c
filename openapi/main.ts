/** `npm run openapi`: prints the OpenAPI document; routes without a response schema are listed on stderr. */
import { join } from "node:path";
import { loadConfig } from "../config";
import { routes } from "../routes";
import { openApiDocument, withoutResponseSchema } from "./document";
import { readOptions } from "./options";

try {
  const options = readOptions(process.argv.slice(2));
  if (typeof options === "string") process.stdout.write(`${options}\n`);
  else {
    const document = openApiDocument(routes, loadConfig(join(__dirname, ".."), process.env), options.version);
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    for (const route of withoutResponseSchema(routes)) process.stderr.write(`${route} has no response schema\n`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

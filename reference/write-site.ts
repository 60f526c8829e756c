import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { referenceFiles } from "./files";

/**
 * Writes the reference page as a folder to publish.
 * @param document an OpenAPI document
 * @throws Error if the renderer is not installed
 */
export function writeSite(folder: string, document: object): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, { content }] of referenceFiles()) writeFileSync(join(folder, name), content());
  writeFileSync(join(folder, "openapi.json"), `${JSON.stringify(document, null, 2)}\n`);
}

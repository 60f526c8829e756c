/** The command line of `npm run openapi`. */
import { parseArgs } from "node:util";
import { type Version, versions } from "./json";

const USAGE = `npm run --silent openapi [-- --version 3.0]

Prints the OpenAPI document of routes.ts with the settings of the environment and .env, as JSON.

  --version V   3.1 (default), or 3.0 for tools that know no later one: API Gateway's import
  --help        print this text`;

/**
 * @returns the version, or the usage text for `--help`
 * @throws Error with the reason and the usage text
 */
export function readOptions(args: readonly string[]): { readonly version: Version } | string {
  const { values } = parse(args);
  if (values.help) return USAGE;
  const version = versions.find((known) => known === (values.version ?? "3.1"));
  if (version === undefined) {
    throw new Error(`--version must be ${versions.join(" or ")}, got ${JSON.stringify(values.version)}\n\n${USAGE}`);
  }
  return { version };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { version: { type: "string" }, help: { type: "boolean" } } });
  } catch (error) {
    const [reason] = String((error as Error).message).split(/\.\s/);
    throw new Error(`${reason}\n\n${USAGE}`);
  }
}

/** The command line of `npm run docs`. */
import { parseArgs } from "node:util";

const USAGE = `npm run docs [-- FOLDER --url URL]

Writes the API's reference page as a folder of static files.

  FOLDER        where to write it (api-reference)
  --url URL     URL of the deployed API, stage included: where the page sends requests to (npm run outputs prints it)
  --help        print this text`;

export interface SiteOptions {
  readonly folder: string;
  readonly url: string | undefined;
}

/**
 * @returns the options, or the usage text for `--help`
 * @throws Error with the reason and the usage text
 */
export function readOptions(args: readonly string[]): SiteOptions | string {
  const { values, positionals } = parse(args);
  if (values.help) return USAGE;
  const [folder = "api-reference", unexpected] = positionals;
  if (unexpected !== undefined) throw new Error(`Unexpected argument ${unexpected}\n\n${USAGE}`);
  if (values.url !== undefined && !/^https?:\/\/[^\s/]/.test(values.url)) {
    throw new Error(
      `--url must be a URL such as https://api.example/v1, got ${JSON.stringify(values.url)}\n\n${USAGE}`,
    );
  }
  return { folder, url: values.url };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { url: { type: "string" }, help: { type: "boolean" } },
    });
  } catch (error) {
    const [reason] = String((error as Error).message).split(/\.\s/);
    throw new Error(`${reason}\n\n${USAGE}`);
  }
}

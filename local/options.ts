/** The command line of `npm start` and `npm run serve`. */
import { parseArgs } from "node:util";

const OPTIONS = `  --port N            port of the API      (PORT, 3001; 0: any free one)
  --cognito-port N    port of Cognito      (COGNITO_PORT, 9229; 0: any free one)
  --persist           keep users, keys and rows across restarts, in the ignored .local-users.json and .local-tables
  --quiet             no route table, no tour, no function logs
  --help              print this text`;

const START_USAGE = `npm start [-- OPTIONS]

Synthesizes the stack, serves it on this machine, and reloads on a change.

${OPTIONS}`;

const SERVE_USAGE = `npm run serve -- FOLDER [OPTIONS]

Serves a folder that holds cdk.tf.json and its bundles.

${OPTIONS}`;

export interface Options {
  /** The synthesized stack to serve; undefined to synthesize this project. */
  readonly folder: string | undefined;
  readonly port: string | undefined;
  readonly cognitoPort: string | undefined;
  readonly persist: boolean;
  readonly quiet: boolean;
}

/**
 * @param args without Node.js and the script; `serve` comes first for `npm run serve`
 * @returns the options, or the usage text for `--help`
 * @throws Error with the reason and the usage text
 */
export function readOptions(args: readonly string[]): Options | string {
  const serve = args[0] === "serve";
  const usage = serve ? SERVE_USAGE : START_USAGE;
  const { values, positionals } = parse(serve ? args.slice(1) : args, usage);
  if (values.help) return usage;
  const [folder, ...others] = positionals;
  if (serve && folder === undefined) throw new Error(`FOLDER must be a synthesized stack, got none\n\n${usage}`);
  const [unexpected] = serve ? others : positionals;
  if (unexpected !== undefined) throw new Error(`Unexpected argument ${unexpected}\n\n${usage}`);
  const { port, "cognito-port": cognitoPort, persist = false, quiet = false } = values;
  return { folder, port, cognitoPort, persist, quiet };
}

function parse(args: readonly string[], usage: string) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: "string" },
        "cognito-port": { type: "string" },
        persist: { type: "boolean" },
        quiet: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    const [reason] = String((error as Error).message).split(/\.\s/);
    throw new Error(`${reason}\n\n${usage}`);
  }
}

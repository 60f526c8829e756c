/** `npm run invoke -- NAME [EVENT]`: runs a function of the running local API; prints its log and its result. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadConfig } from "../config";

const USAGE = `npm run invoke -- NAME [EVENT] [OPTIONS]

Runs a function of the local API that \`npm start\` serves; prints its log and its result.

  NAME                function name, or its end: nightly for cognito-api-dev-nightly
  EVENT               JSON file ({} without one; - for the standard input)
  --cognito-port N    port of the local endpoint for AWS (COGNITO_PORT, 9229)
  --help              print this text`;

/** Keys that belong to no role are the developer's, whose signature is not verified. */
const DEVELOPER = `AWS4-HMAC-SHA256 Credential=AKIADEVELOPER/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "cognito-port": { type: "string" }, help: { type: "boolean" } },
  });
  const [wanted, file] = positionals;
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (wanted === undefined) throw new Error(`NAME must be a function, got none\n\n${USAGE}`);
  const port = values["cognito-port"];
  const { cognitoPort } = loadConfig(join(__dirname, ".."), {
    ...process.env,
    ...(port !== undefined && { COGNITO_PORT: port }),
  });
  const event = file === undefined ? "{}" : readFileSync(file === "-" ? 0 : file, "utf8");
  const url = `http://127.0.0.1:${cognitoPort}/2015-03-31/functions`;
  const name = await findFunction(url, wanted);
  const response = await send(`${url}/${name}/invocations`, "POST", event);
  const text = await response.text();
  const log = Buffer.from(response.headers.get("x-amz-log-result") ?? "", "base64").toString();
  if (log) console.error(log);
  console.log(pretty(text));
  if (!response.ok || response.headers.has("x-amz-function-error")) process.exitCode = 1;
}

async function send(url: string, method: string, body?: string): Promise<Response> {
  const headers = { Authorization: DEVELOPER, "X-Amz-Log-Type": "Tail" };
  try {
    return await fetch(url, { method, headers, ...(body !== undefined && { body }) });
  } catch {
    throw new Error(`Nothing listens at ${new URL(url).origin}: start the local API with npm start`);
  }
}

async function findFunction(url: string, wanted: string): Promise<string> {
  const { Functions } = (await (await send(url, "GET")).json()) as { Functions: { FunctionName: string }[] };
  const names = Functions.map(({ FunctionName }) => FunctionName);
  const found = names.includes(wanted) ? [wanted] : names.filter((name) => name.endsWith(`-${wanted}`));
  const [name] = found;
  if (name !== undefined && found.length === 1) return name;
  const choice = (found.length > 0 ? found : names).sort().join(", ");
  throw new Error(`NAME must be one of ${choice}, got ${JSON.stringify(wanted)}`);
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

/**
 * Settings: environment variables to a typed `Config`. All problems are named in one message.
 *
 * In `.env` every unknown name is an error. The environment also holds variables of other programs: there an unknown name
 * is an error only when it is a likely misspelling of a setting. See docs/decisions/0004-which-names-are-settings.md.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import * as v from "valibot";
import { operationsProblems } from "./constructs/operations/operations-settings";
import { userProblems } from "./constructs/users/user-settings";
import { settings } from "./settings";

type Settings = typeof settings;
export type Config = {
  readonly [Name in keyof Settings as Settings[Name]["key"]]: v.InferOutput<Settings[Name]["schema"]>;
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from the environment and from `.env` in `folder`, if there is one. The environment wins.
 * @throws Error with every problem, one per line
 */
export function loadConfig(folder: string, environment: Environment): Config {
  const file = join(folder, ".env");
  return readConfig(environment, existsSync(file) ? readEnv(readFileSync(file, "utf8")) : {});
}

/** Accepts a byte order mark and CRLF. @throws Error on `NAME: value`, which Node's parser ignores */
function readEnv(text: string): Environment {
  const wrong = text.split("\n").findIndex((line) => /^\uFEFF?\s*[A-Z_]+\s*:/.test(line));
  if (wrong >= 0) throw new Error(`.env line ${wrong + 1} must be NAME=value, got NAME: value`);
  return parseEnv(text.replace(/^\uFEFF/, "")) as Environment;
}

/**
 * An empty value counts as not set.
 * @param file variables in `.env`
 * @throws Error with every problem, one per line: name, what is allowed, value
 */
export function readConfig(environment: Environment, file: Environment = {}): Config {
  const given = { ...filled(file), ...filled(environment) };
  const unknown = Object.keys(given).filter((name) => !(name in settings));
  const problems = unknown.flatMap((name) => {
    const near = nearest(name);
    if (near === undefined && !(name in file)) return [];
    const advice = near ? `did you mean ${near}?` : `the settings are ${Object.keys(settings).join(", ")}`;
    return `${name} is not a setting: ${advice}`;
  });
  const values: Record<string, unknown> = {};
  for (const [name, { key, allowed, schema }] of Object.entries(settings)) {
    const result = v.safeParse(schema, given[name]);
    if (result.success) values[key] = result.output;
    else problems.push(`${name} must be ${allowed}, got ${JSON.stringify(given[name])}`);
  }
  problems.push(...contradictions(values as Partial<Config>));
  if (problems.length > 0) throw new Error(`The settings have problems:\n  ${problems.join("\n  ")}`);
  return values as Config;
}

/** Problems of values that are valid by themselves, but not together. Values that are wrong by themselves are undefined here. */
function contradictions(config: Partial<Config>): string[] {
  const problems = [...userProblems(config), ...operationsProblems(config)];
  const { userPoolId, region, refreshTokenDays = Infinity, port, cognitoPort } = config;
  if (userPoolId && region && !userPoolId.startsWith(`${region}_`)) {
    problems.push(`COGNITO_USER_POOL_ID must be of AWS_REGION ${region}, got ${JSON.stringify(userPoolId)}`);
  }
  for (const [name, minutes = 0] of [
    ["ID_TOKEN_MINUTES", config.idTokenMinutes],
    ["ACCESS_TOKEN_MINUTES", config.accessTokenMinutes],
  ] as const) {
    if (minutes >= refreshTokenDays * 1440) {
      problems.push(
        `${name} must be less than REFRESH_TOKEN_DAYS (${refreshTokenDays * 1440} minutes), got ${minutes}`,
      );
    }
  }
  if (port && port === cognitoPort) problems.push(`COGNITO_PORT must differ from PORT, got ${port} for both`);
  return problems;
}

/** What is valid but may surprise later, one line each. */
export const configNotes = ({ lambdaRuntime, tracing, apiType }: Config): string[] => [
  ...(lambdaRuntime === "nodejs24.x"
    ? ["LAMBDA_RUNTIME nodejs24.x needs the AWS provider 6.19 or later; for an older one set LAMBDA_RUNTIME=nodejs22.x"]
    : []),
  ...(tracing && apiType === "http"
    ? ["TRACING traces the functions only: an HTTP API has no X-Ray; API_TYPE=rest traces the API, too"]
    : []),
];

const filled = (environment: Environment) => Object.fromEntries(Object.entries(environment).filter(([, text]) => text));

/** The setting that a name probably misspells. Settings under 8 letters are too close to other words: HOST to PORT. */
const nearest = (name: string) =>
  Object.keys(settings).find((setting) => {
    const most = setting.length < 12 ? 1 : 2;
    return setting.length >= 8 && Math.abs(setting.length - name.length) <= most && distance(name, setting) <= most;
  });

/** Levenshtein distance: letters to insert, remove or replace. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

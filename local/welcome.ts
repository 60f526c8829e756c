/** The output of `npm start`: URLs, routes with their access, and a tour to paste. */

import { relative } from "node:path";
import type { ServedRoute } from "./api-gateway/common/api";
import type { PoolAttributes } from "./cognito/local-user-pool";
import { nested } from "./terraform/json";
import type { SynthesizedStack } from "./terraform/read-stack";

export interface Places {
  /** URL of the API, stage included. */
  readonly api: string;
  readonly cognito: string;
  /** @default - the API serves the path of the console itself */
  readonly console?: string | undefined;
  /** @default - the API serves the path of the reference page itself */
  readonly reference?: string | undefined;
  /**
   * Addresses of the queues' consumers that run.
   * @default - none
   */
  readonly consumers?: readonly string[];
}

/** @param existingPool attributes of a pool that the JSON only references */
export function welcome(
  stack: SynthesizedStack,
  served: readonly ServedRoute[],
  places: Places,
  existingPool: PoolAttributes = {},
): string {
  const routes = served.flatMap(listedRoute).sort(byAccessAndPath);
  const notEmulated = stack.notEmulated.filter((line) => !places.consumers?.includes(line));
  const folder = relative(process.cwd(), stack.folder) || ".";
  return [
    `Terraform  ${folder}/cdk.tf.json`,
    `API        ${places.api}`,
    `Cognito    ${places.cognito}`,
    ...(places.console === undefined ? [] : [`Console    ${places.console}`]),
    ...(places.reference === undefined ? [] : [`Reference  ${places.reference}`]),
    "",
    ...table(routes.map(({ method, path, access, functionName }) => [method, path, access, functionName])),
    "",
    ...notEmulated.map((line) => `not emulated: ${line}`),
    ...(notEmulated.length > 0 ? [""] : []),
    ...tour(stack, routes, places, userName(stack, existingPool)),
  ].join("\n");
}

/** The path of a stage in the API's URL: an HTTP API serves the stage `$default` without one. */
export const stagePath = ([stage = ""]: readonly string[]) => (stage === "$default" ? "" : `/${stage}`);

/** A route of the table: MOCK methods (preflights) are left out. */
function listedRoute({ method, path, isPrivate, functionName }: ServedRoute) {
  return functionName === undefined ? [] : [{ method, path, access: isPrivate ? "private" : "public", functionName }];
}

type ListedRoute = ReturnType<typeof listedRoute>[number];

const byAccessAndPath = (a: ListedRoute, b: ListedRoute) =>
  a.access.localeCompare(b.access) || a.path.localeCompare(b.path);

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** Response bodies end without one. */
const NEWLINE = " -w '\\n'";

/** Shell commands in order, without the steps whose route does not exist. */
function tour(
  stack: SynthesizedStack,
  routes: readonly ListedRoute[],
  { api, cognito }: Places,
  user: string,
): string[] {
  const has = (path: string) => routes.some((route) => route.method === "POST" && route.path === path);
  const mine = privateGet(routes);
  if (!has("/user/sign-up") || !has("/user/login") || !mine) return [];
  const [pool] = stack.resources("aws_cognito_user_pool");
  const invited = nested(pool?.values.admin_create_user_config)?.allow_admin_create_user_only === true;
  if (invited || pool?.values.mfa_configuration === "ON") {
    return ["docs/users.md shows how users sign in with these settings."];
  }
  const inBody = !keepsCookie(stack);
  const post = (path: string, body: string, newline = NEWLINE) =>
    has(path) ? [`curl -s${newline} $API${path} -H 'Content-Type: application/json' -d ${body}`] : [];
  const password = "Correct-Horse-7-Battery";
  const field = (name: string) => `$(printf %s "$LOGIN" | node -pe 'JSON.parse(fs.readFileSync(0)).data.${name}')`;
  const { header, token } = credential(stack);
  const renew = post("/user/renew_refresh_token", `'{"username":"'"$NAME"'","refresh_token":"'"$REFRESH"'"}'`);
  return [
    "A tour to paste line by line into another terminal (the mailed code appears here too):",
    "",
    `API=${api}`,
    ...post("/user/sign-up", `'{"username":"${user}","password":"${password}","email":"${EMAIL}"}'`),
    `CODE=$(curl -s '${cognito}/_local/code?username=${user}'); echo "$CODE"`,
    ...post("/user/confirm-sign-up", `'{"username":"${user}","code":"'"$CODE"'"}'`),
    `LOGIN=$(${post("/user/login", `'{"username":"${user}","password":"${password}"}'`, "")}); echo "$LOGIN"`,
    `TOKEN=${field(token)}${inBody ? ` REFRESH=${field("refresh_token")} NAME=${field("username")}` : ""}`,
    `curl -s${NEWLINE} $API${mine.path}`,
    `curl -s${NEWLINE} $API${mine.path} -H "${header}$TOKEN"`,
    ...post("/notes", `'{"text":"Buy milk"}' -H "${header}$TOKEN"`),
    ...(has("/notes") ? [`curl -s${NEWLINE} $API/notes -H "${header}$TOKEN"`] : []),
    ...(inBody ? [...renew, ...post("/user/logout", `'{"refresh_token":"'"$REFRESH"'"}'`), ...renew] : []),
  ].map((line) => (line === "" || line.endsWith(":") ? line : `  ${line}`));
}

/** Whether the functions put the refresh token into a cookie, which curl does not send over http. */
const keepsCookie = (stack: SynthesizedStack): boolean =>
  stack.resources("aws_lambda_function").some(({ values }) => {
    const variables = nested(nested(values.environment)?.variables);
    return variables !== undefined && "REFRESH_TOKEN_COOKIE" in variables;
  });

/** A private route to try the token on: one that a request without parameters can call, if the table has any. */
function privateGet(routes: readonly ListedRoute[]): ListedRoute | undefined {
  const all = routes.filter((route) => route.method === "GET" && route.access === "private");
  return all.find(({ path }) => path === "/echo") ?? all.find(({ path }) => !path.includes("{")) ?? all[0];
}

/** The header and the token that it carries, from the JSON's authorizer and scopes. */
function credential(stack: SynthesizedStack): { readonly header: string; readonly token: string } {
  const [rest] = stack.resources("aws_api_gateway_authorizer");
  const [http] = stack.resources("aws_apigatewayv2_authorizer");
  const source = [rest?.values.identity_source ?? http?.values.identity_sources ?? []].flat().join();
  const name = source.split(".").at(-1) || "Authorization";
  const guarded = [...stack.resources("aws_api_gateway_method"), ...stack.resources("aws_apigatewayv2_route")];
  const scoped = guarded.some(({ values }) => [values.authorization_scopes ?? []].flat().length > 0);
  return {
    header: name.toLowerCase() === "authorization" ? `${name}: Bearer ` : `${name}: `,
    token: scoped ? "access_token" : "id_token",
  };
}

const EMAIL = "ada@example.com";

/** A pool whose user names are e-mail addresses rejects any other name. */
function userName(stack: SynthesizedStack, existingPool: PoolAttributes): string {
  const [made] = stack.resources("aws_cognito_user_pool");
  const { username_attributes } = made?.values ?? existingPool;
  return [username_attributes ?? []].flat().includes("email") ? EMAIL : "ada";
}

/** What `npm start` prints: what is served, who may call it, and a tour that can be pasted. */
import { relative } from "node:path";
import { nested, type Template } from "./template";

export interface Places {
  /** URL of the API, stage included. */
  readonly api: string;
  readonly cognito: string;
}

interface ServedRoute {
  readonly method: string;
  readonly path: string;
  readonly access: string;
  readonly functionName: string;
}

export function welcome(template: Template, places: Places): string {
  const routes = servedRoutes(template);
  const folder = relative(process.cwd(), template.folder) || ".";
  return [
    `Terraform  ${folder}/cdk.tf.json`,
    `API        ${places.api}`,
    `Cognito    ${places.cognito}`,
    "",
    ...table(routes.map(({ method, path, access, functionName }) => [method, path, access, functionName])),
    "",
    ...tour(template, routes, places),
  ].join("\n");
}

/** The stage that is served: the last segment of the API's URL. */
export const stageOf = (template: Template): string =>
  String(template.resources("aws_api_gateway_stage")[0]?.values.stage_name ?? "");

export function servedRoutes(template: Template): ServedRoute[] {
  const resources = new Map(template.resources("aws_api_gateway_resource").map((block) => [block.values.id, block]));
  const pathOf = (id: unknown): string => {
    const resource = resources.get(id);
    return resource ? `${pathOf(resource.values.parent_id)}/${resource.values.path_part}` : "";
  };
  const functions = new Map(
    template.resources("aws_lambda_function").map(({ values }) => [values.invoke_arn, String(values.function_name)]),
  );
  const key = (values: Readonly<Record<string, unknown>>) => `${values.resource_id} ${values.http_method}`;
  const targets = new Map(
    template.resources("aws_api_gateway_integration").map(({ values }) => [key(values), functions.get(values.uri)]),
  );
  return template
    .resources("aws_api_gateway_method")
    .filter(({ values }) => targets.get(key(values)) !== undefined)
    .map(({ values }) => ({
      method: String(values.http_method),
      path: pathOf(values.resource_id) || "/",
      access: values.authorization === "NONE" ? "public" : "private",
      functionName: String(targets.get(key(values))),
    }))
    .sort((a, b) => a.access.localeCompare(b.access) || a.path.localeCompare(b.path));
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** The API's answers end without one. */
const NEWLINE = " -w '\\n'";

/** Lines for a shell, in order; steps whose route is not there are left out. */
function tour(template: Template, routes: readonly ServedRoute[], { api, cognito }: Places): string[] {
  const has = (path: string) => routes.some((route) => route.method === "POST" && route.path === path);
  const mine = routes.find((route) => route.method === "GET" && route.access === "private");
  if (!has("/user/sign-up") || !has("/user/login") || !mine) return [];
  const post = (path: string, body: string, newline = NEWLINE) =>
    has(path) ? [`curl -s${newline} $API${path} -H 'Content-Type: application/json' -d ${body}`] : [];
  const password = "Correct-Horse-7-Battery";
  const field = (name: string) => `$(printf %s "$LOGIN" | node -pe 'JSON.parse(fs.readFileSync(0)).data.${name}')`;
  const { header, token } = credential(template);
  return [
    "A tour, to paste line by line into another terminal (the code of the second line appears here, as a mail would):",
    "",
    `API=${api}`,
    ...post("/user/sign-up", `'{"username":"ada","password":"${password}","email":"ada@example.com"}'`),
    `CODE=$(curl -s '${cognito}/_local/code?username=ada'); echo "$CODE"`,
    ...post("/user/confirm-sign-up", `'{"username":"ada","code":"'"$CODE"'"}'`),
    `LOGIN=$(${post("/user/login", `'{"username":"ada","password":"${password}"}'`, "")}); echo "$LOGIN"`,
    `TOKEN=${field(token)} REFRESH=${field("refresh_token")}`,
    `curl -s${NEWLINE} $API${mine.path}`,
    `curl -s${NEWLINE} $API${mine.path} -H "${header}$TOKEN"`,
    ...post("/user/renew_refresh_token", `'{"username":"ada","refresh_token":"'"$REFRESH"'"}'`),
    ...post("/user/logout", `'{"refresh_token":"'"$REFRESH"'"}'`),
    ...post("/user/renew_refresh_token", `'{"username":"ada","refresh_token":"'"$REFRESH"'"}'`),
  ].map((line) => (line === "" || line.endsWith(":") ? line : `  ${line}`));
}

/** Which header carries which token, by the authorizer and the scopes in the JSON. */
function credential(template: Template): { readonly header: string; readonly token: string } {
  const source = String(template.resources("aws_api_gateway_authorizer")[0]?.values.identity_source ?? "");
  const name = source.split(".").at(-1) || "Authorization";
  const scoped = template
    .resources("aws_api_gateway_method")
    .some(({ values }) => nested(values.authorization_scopes) || (values.authorization_scopes as [])?.length > 0);
  return {
    header: name.toLowerCase() === "authorization" ? `${name}: Bearer ` : `${name}: `,
    token: scoped ? "access_token" : "id_token",
  };
}

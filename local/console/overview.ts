import { relative } from "node:path";
import type { DetailedRoute } from "../api-gateway/common/api";
import type { LocalUserPool } from "../cognito/local-user-pool";
import type { SynthesizedStack } from "../terraform/read-stack";
import { describedBy } from "./openapi";
import type { ConsolePool, ConsoleRoute, ConsoleTable, Overview } from "./protocol";

export interface OverviewSources {
  readonly stack: SynthesizedStack;
  readonly routes: readonly DetailedRoute[];
  readonly pools: readonly LocalUserPool[];
  readonly urls: Pick<Overview, "apiUrl" | "cognitoUrl" | "referenceUrl">;
}

export function overview({ stack, routes, pools, urls }: OverviewSources): Overview {
  const describe = describedBy(stack.folder);
  return {
    stackName: stack.stackName,
    region: stack.region,
    folder: relative(process.cwd(), stack.folder) || ".",
    ...urls,
    notEmulated: stack.notEmulated,
    routes: routes.flatMap(consoleRoute).map((route) => ({ ...route, ...describe(route) })),
    pools: pools.map(consolePool),
    tables: stack.resources("aws_dynamodb_table").map(({ values }) => consoleTable(values)),
  };
}

/** MOCK methods (preflights) are left out. */
function consoleRoute({ method, path, isPrivate, functionName, details }: DetailedRoute): ConsoleRoute[] {
  if (functionName === undefined) return [];
  const known = details();
  const below = path.startsWith("/") ? path : "/";
  const url = known.stage === "$default" ? below : `/${known.stage}${below}`;
  return [{ ...known, method: method || "ANY", path, url, isPrivate, functionName }];
}

const consolePool = (pool: LocalUserPool): ConsolePool => ({
  id: pool.id,
  name: pool.name,
  adminCreateOnly: pool.adminCreateOnly,
  emailAsUsername: pool.emailAsUsername,
  mfa: pool.values.mfa_configuration.toLowerCase(),
  groups: [...pool.groups, ...Object.values(pool.state.groups ?? {})].map(({ name }) => name),
  clients: pool.clients.map(({ id, name, flows }) => ({ id, name, flows })),
});

const consoleTable = (values: Readonly<Record<string, unknown>>): ConsoleTable => ({
  name: String(values.name),
  partitionKey: String(values.hash_key),
  sortKey: values.range_key ? String(values.range_key) : undefined,
});

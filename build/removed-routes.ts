/** REST routes that a stack had at the last synth and has no more. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** @param folder the stack's folder @returns `GET /echo`, ...; none where nothing is synthesized yet or it is no REST API */
export function restRoutes(folder: string): string[] {
  const file = join(folder, "cdk.tf.json");
  if (!existsSync(file)) return [];
  const { resource = {} } = JSON.parse(readFileSync(file, "utf8")) as { resource?: Readonly<Record<string, Blocks>> };
  const resources = resource.aws_api_gateway_resource ?? {};
  const pathOf = (id: unknown): string => {
    const parent = resources[/^\$\{aws_api_gateway_resource\.([\w-]+)\.id\}$/.exec(String(id))?.[1] ?? ""];
    return parent ? `${pathOf(parent.parent_id)}/${parent.path_part}` : "";
  };
  return Object.values(resource.aws_api_gateway_method ?? {})
    .filter(({ http_method }) => http_method !== "OPTIONS")
    .map(({ http_method, resource_id }) => `${http_method} ${pathOf(resource_id) || "/"}`);
}

/** One line for the person who deploys, if routes are gone. A renamed path variable is the same route. */
export function removalNotes(before: readonly string[], after: readonly string[]): string[] {
  const key = (route: string) => route.replace(/\{[^}+]+(\+?)\}/g, "{$1}");
  const kept = new Set(after.map(key));
  const removed = before.filter((route) => !kept.has(key(route)));
  if (removed.length === 0 || after.length === 0) return [];
  return [
    `Removed since the last synth: ${removed.sort().join(", ")}. A deployment other than by \`npm run apply\` serves them (500) until \`npm run redeploy\``,
  ];
}

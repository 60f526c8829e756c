/** REST routes that a stack had at the last synth and no longer has. */
import type { Synthesized } from "./synthesized";

/** @returns `GET /echo`, ...; none for an HTTP API */
export function restRoutes({ resource = {} }: Synthesized): string[] {
  const resources = resource.aws_api_gateway_resource ?? {};
  const pathOf = (id: unknown): string => {
    const parent = resources[/^\$\{aws_api_gateway_resource\.([\w-]+)\.id\}$/.exec(String(id))?.[1] ?? ""];
    return parent ? `${pathOf(parent.parent_id)}/${parent.path_part}` : "";
  };
  return Object.values(resource.aws_api_gateway_method ?? {})
    .filter(({ http_method }) => http_method !== "OPTIONS")
    .map(({ http_method, resource_id }) => `${http_method} ${pathOf(resource_id) || "/"}`);
}

/** @returns one line if routes are gone; a renamed path variable is the same route, and another kind of API says nothing */
export function removalNotes(before: Synthesized, after: Synthesized): string[] {
  const key = (route: string) => route.replace(/\{[^}+]+(\+?)\}/g, "{$1}");
  const kept = new Set(restRoutes(after).map(key));
  const removed = restRoutes(before).filter((route) => !kept.has(key(route)));
  if (removed.length === 0 || kept.size === 0) return [];
  return [
    `Removed since the last synth: ${removed.sort().join(", ")}. A deployment other than by \`npm run apply\` serves them (500) until \`npm run redeploy\``,
  ];
}

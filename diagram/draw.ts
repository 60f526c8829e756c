/** The picture as SVG: four columns, one row per route. The same architecture gives the same bytes. */
import type { Architecture, FunctionNode, ResourceNode } from "./architecture";

const WIDTH = 1000;
const ROW = 22;
const GAP = 10;
const HEADER = 92;
const CALLER = { x: 16, width: 132 };
const ROUTE = { x: 176, width: 288 };
const FUNCTION = { x: 506, width: 246 };
const RESOURCE = { x: 840, width: 140, height: 54 };
/** Lines to resources, told apart by colour: the same ones in light and dark. */
const COLOURS = ["#2f7de1", "#c2571a", "#2b9348", "#9b51c9", "#b8860b", "#d1495b", "#00878a", "#7a6ff0"];

interface Placed {
  readonly node: FunctionNode;
  readonly y: number;
  readonly height: number;
}

export function draw({ api, functions, resources }: Architecture): string {
  const placed = place(functions);
  const last = placed.at(-1);
  const bottom = last ? last.y + last.height : HEADER;
  const targets = placeResources(resources, bottom);
  const height = bottom + 54;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title">`,
    '<title id="title">Callers, routes, functions, and what each function may do with which resource</title>',
    STYLE,
    `<rect class="page" width="${WIDTH}" height="${height}" rx="12"/>`,
    ...headings(api),
    ...groups(placed),
    ...placed.flatMap((one) => edges(one, targets)),
    ...placed.flatMap(functionBox),
    ...[...targets.values()].flatMap(resourceBox),
    text(CALLER.x, height - 22, footer(resources), "soft"),
    "</svg>",
  ].join("\n")}\n`;
}

const STYLE = `<style>
text { font: 13px system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; fill: #1b2430; }
.page { fill: #f6f7f9; }
.box { fill: #ffffff; stroke: #b8c2cf; }
.group { fill: none; stroke: #b8c2cf; stroke-dasharray: 4 3; }
.heading { font-weight: 650; font-size: 15px; }
.strong { font-weight: 600; }
.soft { fill: #566275; font-size: 11px; }
.mono { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 12px; }
.edge { fill: none; stroke-width: 1.4; }
.link { fill: none; stroke: #8a96a6; }
.public { fill: #8a4b00; }
.private { fill: #146c2e; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6ebf2; }
  .page { fill: #12161c; }
  .box { fill: #1a2029; stroke: #46536a; }
  .group { stroke: #46536a; }
  .soft { fill: #a3afbf; }
  .public { fill: #f0b45f; }
  .private { fill: #6fd08c; }
}
</style>`;

function place(functions: readonly FunctionNode[]): Placed[] {
  let y = HEADER;
  let previous: FunctionNode | undefined;
  return functions.map((node) => {
    if (previous) y += previous.access === node.access ? GAP : GAP * 4;
    const lines = Math.max(1, node.routes.length);
    const height = Math.max(lines * ROW, 22 + described(node).length * 14) + 4;
    const placed = { node, y, height };
    y += height;
    previous = node;
    return placed;
  });
}

interface Target {
  readonly node: ResourceNode;
  readonly y: number;
  readonly colour: string;
}

/** Spread evenly beside the functions. */
function placeResources(resources: readonly ResourceNode[], bottom: number): ReadonlyMap<string, Target> {
  const step = (bottom - HEADER) / resources.length;
  return new Map(
    resources.map((node, at) => {
      const y = Math.round(HEADER + step * (at + 0.5) - RESOURCE.height / 2);
      return [node.address, { node, y, colour: COLOURS[at % COLOURS.length] ?? "" }];
    }),
  );
}

function footer(resources: readonly ResourceNode[]): string {
  const logs = "Permissions to write logs and traces are left out.";
  const pool = resources.some(({ kind }) => kind === "User pool");
  return pool ? `${logs} Signing up, in and out needs none at Cognito: it checks the app client.` : logs;
}

const headings = (api: string) => [
  text(CALLER.x, 40, "Callers", "heading"),
  text(ROUTE.x, 40, "Routes", "heading"),
  text(ROUTE.x, 58, api, "soft"),
  text(FUNCTION.x, 40, "Functions", "heading"),
  text(FUNCTION.x, 58, "what each may do, and with what", "soft"),
  text(RESOURCE.x, 40, "Resources", "heading"),
];

const CALLERS = {
  public: ["Anyone", "no token"],
  private: ["Signed-in users", "token checked by"],
  other: ["AWS itself", "triggers, schedules"],
} as const;

/** One box per kind of caller, as high as the rows that it reaches. */
function groups(placed: readonly Placed[]): string[] {
  return (["public", "private", "other"] as const).flatMap((access) => {
    const own = placed.filter(({ node }) => node.access === access);
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return [];
    const height = last.y + last.height - first.y;
    const [name, note] = CALLERS[access];
    const middle = first.y + height / 2;
    return [
      rect(CALLER.x, first.y - 8, CALLER.width, height + 16, "box"),
      text(CALLER.x + 12, middle, name, `strong ${access}`),
      text(CALLER.x + 12, middle + 16, note, "soft"),
      ...(access === "private" ? [text(CALLER.x + 12, middle + 30, "the authorizer", "soft")] : []),
      `<path class="link" d="M${CALLER.x + CALLER.width} ${middle}H${ROUTE.x - 8}"/>`,
      rect(ROUTE.x - 8, first.y - 8, ROUTE.width + 16, height + 16, "group"),
    ];
  });
}

function functionBox({ node, y, height }: Placed): string[] {
  const middle = y + height / 2;
  const start = middle - ((node.routes.length - 1) * ROW) / 2 + 4;
  return [
    ...node.routes.flatMap(({ method, path }, at) => [
      text(ROUTE.x, start + at * ROW, method, "mono strong"),
      text(ROUTE.x + 58, start + at * ROW, cut(path, 32), "mono"),
    ]),
    ...(node.invokedBy === undefined ? [] : [text(ROUTE.x, middle + 4, cut(node.invokedBy, 44), "soft")]),
    `<path class="link" d="M${ROUTE.x + ROUTE.width + 8} ${middle}H${FUNCTION.x}"/>`,
    rect(FUNCTION.x, y, FUNCTION.width, height, "box"),
    text(FUNCTION.x + 10, y + 17, cut(node.name, 32), "strong"),
    ...described(node).map((line, at) => text(FUNCTION.x + 10, y + 32 + at * 14, line, "soft")),
  ];
}

/** Lines below a function's name: 42 characters fit. */
function described({ permissions }: FunctionNode): string[] {
  if (permissions.length === 0) return ["no permission"];
  return permissions.map(({ resource, actions }) => {
    const line = actions.join(", ");
    const whole = resource === undefined ? `${line} (other)` : line;
    return cut(whole, 42);
  });
}

function edges({ node, y, height }: Placed, targets: ReadonlyMap<string, Target>): string[] {
  const from = { x: FUNCTION.x + FUNCTION.width, y: y + height / 2 };
  return node.permissions.flatMap(({ resource }) => {
    const target = resource === undefined ? undefined : targets.get(resource);
    if (!target) return [];
    const to = { x: RESOURCE.x, y: target.y + RESOURCE.height / 2 };
    const bend = (from.x + to.x) / 2;
    return [
      `<path class="edge" stroke="${target.colour}" d="M${from.x} ${from.y}C${bend} ${from.y} ${bend} ${to.y} ${to.x} ${to.y}"/>`,
    ];
  });
}

const resourceBox = ({ node, y, colour }: Target) => [
  rect(RESOURCE.x, y, RESOURCE.width, RESOURCE.height, "box"),
  `<rect x="${RESOURCE.x}" y="${y}" width="5" height="${RESOURCE.height}" rx="2" fill="${colour}"/>`,
  text(RESOURCE.x + 16, y + 23, node.kind, "strong"),
  text(RESOURCE.x + 16, y + 41, cut(node.name, 20), "soft"),
];

const rect = (x: number, y: number, width: number, height: number, style: string) =>
  `<rect class="${style}" x="${x}" y="${y}" width="${width}" height="${height}" rx="7"/>`;

const text = (x: number, y: number, value: string, style: string) =>
  `<text class="${style}" x="${x}" y="${y}">${escapeXml(value)}</text>`;

const cut = (value: string, length: number) => (value.length > length ? `${value.slice(0, length - 1)}…` : value);

const escapeXml = (value: string) => value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

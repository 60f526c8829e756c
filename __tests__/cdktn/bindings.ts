/**
 * Whether every argument and block that is synthesized exists, with its type, in the bindings of a provider version: their types are made
 * from its schema. They do not say what is deprecated, nor what is inside of `any` (the statements of a web ACL).
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Block = Readonly<Record<string, unknown>>;

export interface TerraformJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
}

/** Of every resource, by Terraform and by CDKTF. */
const META = ["//", "depends_on", "lifecycle", "provider", "provisioner", "connection", "count", "for_each"];

/** Types by argument, by interface: `readonly name?: string;`. */
type Interfaces = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** @param bindings folder of the package. @returns one line per argument that is unknown or of another type */
export function unknownArguments(json: TerraformJson, bindings: string): string[] {
  const known = new Map<string, Interfaces | undefined>();
  const check = (prefix: string, blocks: TerraformJson["resource"] = {}) =>
    Object.entries(blocks).flatMap(([type, byName]) => {
      const module = `${prefix}${type.replace(/^aws_/, "").replaceAll("_", "-")}`;
      if (!type.startsWith("aws_")) return [];
      if (!known.has(module)) known.set(module, readInterfaces(join(bindings, "lib", module, "index.d.ts")));
      const interfaces = known.get(module);
      if (interfaces === undefined) return [`${type}: unknown`];
      const name = [...interfaces.keys()].find((key) => /^[A-Z]\w*ConfigA?$/.test(key)) ?? "";
      return Object.entries(byName).flatMap(([id, block]) => {
        const own = Object.fromEntries(Object.entries(block).filter(([key]) => !META.includes(key)));
        return problems(`${type}.${id}`, own, name, interfaces);
      });
    });
  return [...check("", json.resource), ...check("data-aws-", json.data)];
}

function readInterfaces(file: string): Interfaces | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const interfaces = [...text.matchAll(/export interface (\w+)[^{]*\{([\s\S]*?)\n\}/g)];
  return new Map(
    interfaces.map(([, name = "", body = ""]) => [
      name,
      new Map(
        [...body.matchAll(/readonly (\w+)\??: ((?:\{[^}]*\}|[^;{])+);/g)].map(([, key = "", type = ""]) => [key, type]),
      ),
    ]),
  );
}

function problems(place: string, block: Block, name: string, interfaces: Interfaces): string[] {
  const types = interfaces.get(name) ?? new Map<string, string>();
  return Object.entries(block).flatMap(([key, value]) => {
    const type = types.get(key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()));
    if (type === undefined) return [`${place}.${key}`];
    return mismatches(`${place}.${key}`, value, type, interfaces);
  });
}

/** `type` is a union such as `boolean | cdktf.IResolvable` or `SomeBlock[] | cdktf.IResolvable`. */
function mismatches(place: string, value: unknown, type: string, interfaces: Interfaces): string[] {
  const parts = type.split("|").map((part) => part.trim());
  const named = parts.map((part) => part.replace(/\[\]$/, "")).find((part) => interfaces.has(part));
  if (named !== undefined) {
    const blocks = Array.isArray(value) ? value : [value];
    return blocks.flatMap((block) => problems(place, block as Block, named, interfaces));
  }
  return parts.some((part) => fits(value, part)) ? [] : [`${place} is ${JSON.stringify(value)}, not ${type}`];
}

function fits(value: unknown, type: string): boolean {
  if (type === "any") return true;
  if (typeof value === "string" && value.includes("${")) return true; // known to Terraform only
  if (type.endsWith("[]")) return Array.isArray(value) && value.every((item) => fits(item, type.slice(0, -2)));
  if (type.startsWith("{")) {
    const item = /\]:\s*\(?([^;)]+)/.exec(type)?.[1] ?? "";
    const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
    return isMap && Object.values(value).every((each) => item.split("|").some((one) => fits(each, one.trim())));
  }
  return typeof value === type;
}

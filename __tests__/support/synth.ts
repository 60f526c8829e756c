/** Synthesized JSON for assertions. Handlers are not bundled here: see `bundle.test.ts` for what is. */
import { TerraformStack, Testing } from "cdktf";
import { readConfig } from "../../config";
import type { Route } from "../../constructs/api/route";
import { routes as allRoutes } from "../../routes";
import { ApiStack } from "../../stack";

export type Values = Record<string, unknown>;
/** A synthesized stack, as far as tests look into it. */
export interface Synthesized {
  readonly resource: Record<string, Record<string, Values>>;
  readonly data: Record<string, Record<string, Values>>;
  readonly output: Record<string, Values>;
  readonly terraform: {
    readonly required_version: string;
    readonly backend: Values;
    readonly required_providers: Record<string, Values>;
  };
  readonly provider: Record<string, Values[]>;
}

/** The whole stack with some settings away from their defaults. */
export function synthStack(settings: Record<string, string> = {}, routes: readonly Route[] = allRoutes): Synthesized {
  const config = readConfig(settings);
  return parsed(new ApiStack(Testing.app(), config.stage, { config, routes }));
}

/** What `build` puts into an otherwise empty stack. */
export function synthScope(build: (stack: TerraformStack) => void): Synthesized {
  const stack = new TerraformStack(Testing.app(), "test");
  build(stack);
  return parsed(stack);
}

const parsed = (stack: TerraformStack): Synthesized => JSON.parse(Testing.synth(stack)) as Synthesized;

/** Every resource of a type, without the metadata that CDKTF adds. */
export function resources(json: Synthesized, type: string): Values[] {
  return Object.values(json.resource[type] ?? {}).map(({ "//": _, ...values }) => values);
}

/** The one resource of a type. */
export function only(json: Synthesized, type: string): Values {
  const [first, ...others] = resources(json, type);
  if (!first || others.length > 0) throw new Error(`expected one ${type}, got ${first ? others.length + 1 : 0}`);
  return first;
}

/** Addresses of all managed resources, sorted. */
export function addresses(json: Synthesized): string[] {
  return Object.entries(json.resource)
    .flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`))
    .sort();
}

/** `"${type.name.attribute}"` to `type.name`. */
export const addressIn = (reference: unknown): string =>
  /^\$\{([\w-]+\.[\w-]+)\.[\w-]+\}/.exec(String(reference))?.[1] ?? "";

/** The applied state, as Terraform stores it (version 4): `show -json` would load every provider first. */

export type Values = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly values: Values;
  /** Addresses of everything created before it, directly or not. */
  readonly dependencies: readonly string[];
}

interface StoredState {
  readonly resources?: readonly {
    readonly mode: "managed" | "data";
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Values; readonly dependencies?: readonly string[] }[];
  }[];
}

/** The resources of a state by type. */
export class State {
  readonly resources: readonly Resource[];

  constructor({ resources = [] }: StoredState) {
    this.resources = resources.flatMap(({ mode, type, name, instances }) =>
      instances.map(({ attributes, dependencies = [] }) => ({
        address: `${type}.${name}`,
        mode,
        type,
        values: attributes,
        dependencies,
      })),
    );
  }

  /** Managed resources: of these types, or all of them. */
  all(...types: readonly string[]): readonly Resource[] {
    return this.resources.filter(
      ({ mode, type }) => mode === "managed" && (types.length === 0 || types.includes(type)),
    );
  }

  /** @throws Error unless there is exactly one */
  only(type: string): Resource {
    const [first, ...others] = this.all(type);
    if (!first || others.length > 0) throw new Error(`expected one ${type}, got ${first ? others.length + 1 : 0}`);
    return first;
  }
}

/** An attribute as text; the empty text when it is not set. */
export const text = (resource: Resource | undefined, attribute: string): string =>
  String(resource?.values[attribute] ?? "");

/** A nested block, which Terraform stores as a list of one. */
export const block = (resource: Resource | undefined, attribute: string): Values => {
  const value = resource?.values[attribute];
  return ((Array.isArray(value) ? value[0] : value) ?? {}) as Values;
};

/** The matched route and its path parameters, as they were sent. */
export interface Match<T> {
  readonly value: T;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the route of a request; undefined if there is none. */
export type Router<T> = (method: string, path: string) => Match<T> | undefined;

interface Node<T> {
  readonly children: Map<string, Node<T>>;
  parameter?: { readonly name: string; readonly node: Node<T> };
  greedy?: { readonly name: string; readonly methods: Map<string, T> };
  readonly methods: Map<string, T>;
}

const newNode = <T>(): Node<T> => ({ children: new Map(), methods: new Map() });

/**
 * Routes to the most specific path that has the method: a literal segment before `{parameter}` before `{proxy+}`, and at
 * one path the method before `ANY`. Segments are compared as they were sent.
 * @param segmentsOf splits a path, of a route or of a request: REST and HTTP APIs differ in extra slashes
 */
export function createRouter<T>(
  routes: Iterable<readonly [method: string, path: string, value: T]>,
  segmentsOf: (path: string) => string[],
): Router<T> {
  const root = newNode<T>();
  for (const [method, path, value] of routes) methodsAt(root, segmentsOf(path)).set(method, value);
  return (method, path) => find(root, method, segmentsOf(path), 0, {});
}

/** A REST API ignores slashes before and after the path. */
export function restSegments(path: string): string[] {
  const trimmed = path.replace(/^\/+|\/+$/g, "");
  return trimmed === "" ? [] : trimmed.split("/");
}

/** For an HTTP API `/hello/` is another path than `/hello`: its last segment is empty, and only `{proxy+}` takes it. */
export const httpSegments = (path: string): string[] => path.slice(1).split("/");

function methodsAt<T>(root: Node<T>, segments: readonly string[]): Map<string, T> {
  let node = root;
  for (const segment of segments) {
    const [, name, greedy] = /^\{([^}+]+)(\+)?\}$/.exec(segment) ?? [];
    if (name && greedy) {
      node.greedy ??= { name, methods: new Map() };
      return node.greedy.methods;
    }
    node = name ? parameterNode(node, name) : childNode(node, segment);
  }
  return node.methods;
}

function parameterNode<T>(node: Node<T>, name: string): Node<T> {
  node.parameter ??= { name, node: newNode() };
  return node.parameter.node;
}

function childNode<T>(node: Node<T>, segment: string): Node<T> {
  const child = node.children.get(segment) ?? newNode();
  node.children.set(segment, child);
  return child;
}

const withMethod = <T>(methods: ReadonlyMap<string, T>, method: string): T | undefined =>
  methods.get(method) ?? methods.get("ANY");

function find<T>(
  node: Node<T>,
  method: string,
  segments: readonly string[],
  at: number,
  parameters: Record<string, string>,
): Match<T> | undefined {
  const segment = segments[at];
  if (segment === undefined) {
    const value = withMethod(node.methods, method);
    return value && { value, parameters };
  }
  const child = node.children.get(segment);
  const literal = child && find(child, method, segments, at + 1, parameters);
  if (literal) return literal;
  const { parameter, greedy } = node;
  const single =
    parameter &&
    segment !== "" &&
    find(parameter.node, method, segments, at + 1, { ...parameters, [parameter.name]: segment });
  if (single) return single;
  const value = greedy && withMethod(greedy.methods, method);
  return greedy && value && { value, parameters: { ...parameters, [greedy.name]: segments.slice(at).join("/") } };
}

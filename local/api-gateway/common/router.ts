/** The matched value and its path parameters, not decoded. */
export interface Match<T> {
  readonly value: T;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Node<T> {
  readonly children: Map<string, Node<T>>;
  parameter?: { readonly name: string; readonly node: Node<T> };
  greedy?: { readonly name: string; readonly value: T };
  value?: T;
}

/**
 * Finds the most specific resource: a literal segment before `{parameter}` before `{proxy+}`. A trailing slash is
 * ignored; segments are compared as they were sent.
 */
export function createRouter<T>(resources: Iterable<readonly [path: string, value: T]>) {
  const root: Node<T> = { children: new Map() };
  for (const [path, value] of resources) insert(root, segmentsOf(path), value);
  return (path: string): Match<T> | undefined => find(root, segmentsOf(path), 0, {});
}

function segmentsOf(path: string): string[] {
  const trimmed = path.endsWith("/") ? path.slice(1, -1) : path.slice(1);
  return trimmed === "" ? [] : trimmed.split("/");
}

function insert<T>(root: Node<T>, segments: readonly string[], value: T): void {
  let node = root;
  for (const segment of segments) {
    const [, name, greedy] = /^\{([^}+]+)(\+)?\}$/.exec(segment) ?? [];
    if (name && greedy) {
      node.greedy = { name, value };
      return;
    }
    node = name ? parameterNode(node, name) : childNode(node, segment);
  }
  node.value = value;
}

function parameterNode<T>(node: Node<T>, name: string): Node<T> {
  node.parameter ??= { name, node: { children: new Map() } };
  return node.parameter.node;
}

function childNode<T>(node: Node<T>, segment: string): Node<T> {
  const child = node.children.get(segment) ?? { children: new Map() };
  node.children.set(segment, child);
  return child;
}

function find<T>(
  node: Node<T>,
  segments: readonly string[],
  at: number,
  parameters: Record<string, string>,
): Match<T> | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.value === undefined ? undefined : { value: node.value, parameters };
  const child = node.children.get(segment);
  const literal = child && find(child, segments, at + 1, parameters);
  if (literal) return literal;
  const { parameter, greedy } = node;
  const single =
    parameter && segment && find(parameter.node, segments, at + 1, { ...parameters, [parameter.name]: segment });
  if (single) return single;
  return greedy && { value: greedy.value, parameters: { ...parameters, [greedy.name]: segments.slice(at).join("/") } };
}

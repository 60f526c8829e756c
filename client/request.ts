/** From a route's name and the parts of a request to what `fetch` takes. */

export interface RequestParts {
  readonly body?: unknown;
  readonly query?: object;
  readonly pathParameters?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * @param name `"GET /notes/{id}"`
 * @throws TypeError for a variable of the path that would make it a request to another route
 */
export function requestOf(
  baseUrl: string,
  name: string,
  parts: RequestParts,
): { readonly url: string; readonly init: RequestInit } {
  const { body, query, pathParameters = {}, headers, signal } = parts;
  const [method = "", template = ""] = name.split(" ");
  const path = template.replace(/\{(\w+)(\+?)\}/g, (_, variable: string, rest: string) => {
    const value = textOf((pathParameters as Readonly<Record<string, unknown>>)[variable] ?? "");
    // A URL's "." and ".." name other paths.
    const parts = rest ? value.split("/") : [value];
    if (value === "" || parts.some((part) => part === "." || part === "..")) {
      throw new TypeError(`pathParameters.${variable} must not be empty, "." or ".."`);
    }
    return parts.map(encodeURIComponent).join("/");
  });
  const search = searchOf(query ?? {});
  return {
    url: `${baseUrl.replace(/\/$/, "")}${path}${search && `?${search}`}`,
    init: {
      method,
      headers: { ...(body !== undefined && { "Content-Type": "application/json" }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    },
  };
}

/** A list repeats its name; undefined and null are left out. */
const searchOf = (query: object): string =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      [value]
        .flat()
        .filter((item) => item !== undefined && item !== null)
        .map((item): [string, string] => [name, textOf(item)]),
    ),
  ).toString();

const textOf = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

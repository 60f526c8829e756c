/** Requests to GitHub's API about one repository. */

export interface Repository {
  /** `https://api.github.com`, or that of a GitHub Enterprise. */
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly token: string;
}

/** Items per page, and the most pages that are searched. */
const PER_PAGE = 100;
const MAX_PAGES = 30;

/** @throws Error with the method, the path and the status of a request that GitHub rejected */
export async function request(target: Repository, method: string, path: string, content?: object): Promise<unknown> {
  const response = await fetch(`${target.apiUrl}/repos/${target.repository}${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${target.token}`,
      "content-type": "application/json",
      "x-github-api-version": "2022-11-28",
    },
    ...(content && { body: JSON.stringify(content) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: GitHub responded with ${response.status}`);
  return response.json();
}

/** @param path of a list, without its page. @returns the first item of all pages that `matches` */
export async function findItem<Item>(
  target: Repository,
  path: string,
  matches: (item: Item) => boolean,
): Promise<Item | undefined> {
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const separator = path.includes("?") ? "&" : "?";
    const items = (await request(
      target,
      "GET",
      `${path}${separator}per_page=${PER_PAGE}&page=${page}`,
    )) as readonly Item[];
    const found = items.find(matches);
    if (found !== undefined) return found;
    if (items.length < PER_PAGE) return undefined;
  }
  return undefined;
}

/** A comment or an issue. */
export interface Item {
  readonly body?: string | null;
  readonly user?: { readonly type?: string } | null;
}

/** Only a bot's text is updated, never one in which a person copied the marker. */
export const isOwn = ({ user, body }: Item, marker: string): boolean =>
  user?.type === "Bot" && (body?.startsWith(marker) ?? false);

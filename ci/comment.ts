/** Puts a file on a pull request as one comment, updated in place. Reads nothing but that file. */
import { MARKER } from "../review/render/markdown";

export interface CommentTarget {
  /** `https://api.github.com`, or that of a GitHub Enterprise. */
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly pullRequest: number;
  readonly token: string;
}

/** Comments per page, and the most pages that are searched for an earlier review. */
const PER_PAGE = 100;
const MAX_PAGES = 30;

/**
 * @returns the comment's URL
 * @throws Error with the method, the path and the status of a request that GitHub rejected
 */
export async function putComment(target: CommentTarget, body: string): Promise<string> {
  if (!body.startsWith(MARKER)) throw new Error(`the comment must begin with ${MARKER}: is it a review?`);
  const own = await find(target);
  const [method, path] =
    own === undefined
      ? (["POST", `/issues/${target.pullRequest}/comments`] as const)
      : (["PATCH", `/issues/comments/${own}`] as const);
  const response = await request(target, method, path, { body });
  return String((response as { html_url?: unknown }).html_url);
}

interface Comment {
  readonly id: number;
  readonly body?: string | null;
  readonly user?: { readonly type?: string } | null;
}

/** Only a bot's comment is updated, never one in which a person copied the marker. */
async function find(target: CommentTarget): Promise<number | undefined> {
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const path = `/issues/${target.pullRequest}/comments?per_page=${PER_PAGE}&page=${page}`;
    const comments = (await request(target, "GET", path)) as readonly Comment[];
    const own = comments.find((comment) => comment.user?.type === "Bot" && comment.body?.startsWith(MARKER));
    if (own) return own.id;
    if (comments.length < PER_PAGE) return undefined;
  }
  return undefined;
}

async function request(target: CommentTarget, method: string, path: string, content?: object): Promise<unknown> {
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

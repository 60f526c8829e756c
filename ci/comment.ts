/** Puts a file on a pull request as one comment, updated in place. Reads nothing but that file. */
import { MARKER } from "../review/render/markdown";
import { findItem, type Item, isOwn, type Repository, request } from "./github";

export interface CommentTarget extends Repository {
  readonly pullRequest: number;
}

/**
 * @returns the comment's URL
 * @throws Error with the method, the path and the status of a request that GitHub rejected
 */
export async function putComment(target: CommentTarget, body: string): Promise<string> {
  if (!body.startsWith(MARKER)) throw new Error(`the comment must begin with ${MARKER}: is it a review?`);
  const comments = `/issues/${target.pullRequest}/comments`;
  const own = await findItem<Item & { id: number }>(target, comments, (comment) => isOwn(comment, MARKER));
  const response = own
    ? await request(target, "PATCH", `/issues/comments/${own.id}`, { body })
    : await request(target, "POST", comments, { body });
  return String((response as { html_url?: unknown }).html_url);
}

/** One issue about what differs between the code and AWS: opened, updated in place, and closed when nothing differs. */
import { MARKER } from "../review/render/markdown";
import { findItem, type Item, isOwn, type Repository, request } from "./github";

const DRIFT = "<!-- drift -->";
const TITLE = "AWS differs from the code";

interface Issue extends Item {
  readonly number: number;
  /** GitHub lists pull requests as issues. */
  readonly pull_request?: object;
}

/**
 * @param review of a plan of the code that is deployed; undefined if that plan is empty
 * @param run URL of the workflow's run
 * @returns what was done, for the log
 * @throws Error with the method, the path and the status of a request that GitHub rejected
 */
export async function reportDrift(target: Repository, review: string | undefined, run: string): Promise<string> {
  if (review !== undefined && !review.startsWith(MARKER)) throw new Error(`a review must begin with ${MARKER}`);
  const own = await findItem<Issue>(
    target,
    "/issues?state=open",
    (issue) => !issue.pull_request && isOwn(issue, DRIFT),
  );
  if (review === undefined) {
    if (!own) return "nothing differs";
    await request(target, "POST", `/issues/${own.number}/comments`, { body: `Nothing differs any more: ${run}` });
    await request(target, "PATCH", `/issues/${own.number}`, { state: "closed", state_reason: "completed" });
    return `nothing differs any more: closed issue ${own.number}`;
  }
  const body = `${DRIFT}\nThe plan of \`main\` is not empty (${run}): something was changed outside of Terraform, or a deployment is waiting.\n\n${review}`;
  if (own) {
    await request(target, "PATCH", `/issues/${own.number}`, { body });
    return `updated issue ${own.number}`;
  }
  const { number } = (await request(target, "POST", "/issues", { title: TITLE, body })) as Issue;
  return `opened issue ${number}`;
}

/** `npm run comment -- comment.md`: see `comment.ts`. Target and token come from the environment. */
import { readFileSync } from "node:fs";
import { putComment } from "./comment";

async function main(): Promise<void> {
  const [file] = process.argv.slice(2);
  const { GITHUB_API_URL = "https://api.github.com", GITHUB_REPOSITORY, GITHUB_TOKEN, PULL_REQUEST } = process.env;
  if (!file || !GITHUB_REPOSITORY || !GITHUB_TOKEN || !/^[1-9]\d*$/.test(PULL_REQUEST ?? "")) {
    throw new Error(
      "usage: GITHUB_REPOSITORY=owner/name GITHUB_TOKEN=... PULL_REQUEST=1 npm run comment -- comment.md",
    );
  }
  const target = {
    apiUrl: GITHUB_API_URL,
    repository: GITHUB_REPOSITORY,
    pullRequest: Number(PULL_REQUEST),
    token: GITHUB_TOKEN,
  };
  console.log(await putComment(target, readFileSync(file, "utf8")));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : "no comment could be made");
  process.exitCode = 1;
});

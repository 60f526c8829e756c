/** `npm run drift -- [comment.md]`: see `drift-issue.ts`. Without a file, nothing differs. */
import { readFileSync } from "node:fs";
import { reportDrift } from "./drift-issue";

async function main(): Promise<void> {
  const [file] = process.argv.slice(2);
  const { GITHUB_API_URL = "https://api.github.com", GITHUB_REPOSITORY, GITHUB_TOKEN, RUN_URL = "" } = process.env;
  if (!GITHUB_REPOSITORY || !GITHUB_TOKEN) {
    throw new Error("usage: GITHUB_REPOSITORY=owner/name GITHUB_TOKEN=... RUN_URL=... npm run drift -- [comment.md]");
  }
  const target = { apiUrl: GITHUB_API_URL, repository: GITHUB_REPOSITORY, token: GITHUB_TOKEN };
  console.log(await reportDrift(target, file === undefined ? undefined : readFileSync(file, "utf8"), RUN_URL));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : "the drift could not be reported");
  process.exitCode = 1;
});

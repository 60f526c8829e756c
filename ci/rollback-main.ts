/** `npm run rollback -- FUNCTION [VERSION]`: see `rollback.ts`. Credentials and region come from the environment, as for the AWS CLI. */
import {
  GetAliasCommand,
  LambdaClient,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from "@aws-sdk/client-lambda";
import { type Releases, rollback } from "./rollback";

/** The alias of constructs/function/node-function.ts. */
const Name = "live";

export function releasesOf(client: LambdaClient, FunctionName: string): Releases {
  return {
    async current() {
      const { FunctionVersion, RevisionId } = await client.send(new GetAliasCommand({ FunctionName, Name }));
      return { version: Number(FunctionVersion), revision: RevisionId };
    },
    async versions() {
      const found: number[] = [];
      for await (const { Versions = [] } of paginateListVersionsByFunction({ client }, { FunctionName })) {
        found.push(...Versions.map(({ Version }) => Number(Version)).filter(Number.isInteger)); // not $LATEST
      }
      return found;
    },
    async move(version, RevisionId) {
      const moved = { FunctionName, Name, FunctionVersion: String(version), ...(RevisionId && { RevisionId }) };
      await client.send(new UpdateAliasCommand(moved));
    },
  };
}

async function main(): Promise<void> {
  const [name, version] = process.argv.slice(2);
  if (!name || !/^[\w-]{1,64}$/.test(name) || !/^([1-9]\d*)?$/.test(version ?? "")) {
    throw new Error("usage: npm run rollback -- FUNCTION [VERSION], such as cognito-api-dev-login");
  }
  console.log(
    `${name} ${await rollback(releasesOf(new LambdaClient({}), name), version ? Number(version) : undefined)}`,
  );
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : "the function could not be rolled back");
    process.exitCode = 1;
  });
}

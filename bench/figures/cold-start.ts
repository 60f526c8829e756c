/** Cold start: a new process, the import and the first response, with calls to the local Cognito. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startLocal } from "../../local/server";
import type { Figure } from "../figure";
import { interleaved, runNode, SYNTH } from "../measure";
import { writeBundles } from "./bundles";

const event = (body: unknown) =>
  JSON.stringify({ headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), requestContext: {} });

export const coldStart: Figure = {
  name: "cold-start",
  async measure({ projectRoot, scratch }) {
    const env = { CDKTF_OUTDIR: join(scratch, "cold.out") };
    await runNode(SYNTH, { cwd: projectRoot, env });
    const quiet = { now: Date.now, log: () => {}, deliver: () => {} };
    const folder = join(env.CDKTF_OUTDIR, "stacks/dev");
    const local = await startLocal({ folder, port: 0, cognitoPort: 0, ...quiet });
    const [login] = local.stack.resources("aws_lambda_function").filter(({ name }) => name.includes("login"));
    if (!login) throw new Error("the stack must have a login function, got none");
    const { variables } = login.values.environment as { variables: Record<string, string> };
    const files = await writeBundles(projectRoot, join(scratch, "cold"));
    const empty = join(scratch, "cold-empty.mjs");
    writeFileSync(empty, "export const handler = async () => ({ statusCode: 200 });\n");

    const first = (file: string) => async () => {
      const body = event({ username: "nobody", password: "Wrong-Password-1" });
      const code = `const { handler } = await import(${JSON.stringify(file)}); await handler(${body}, {})`;
      const run = await runNode(["--input-type=module", "--eval", code], {
        env: {
          ...variables,
          AWS_REGION: "us-east-1",
          AWS_ACCESS_KEY_ID: "AKIAOPERATOR",
          AWS_SECRET_ACCESS_KEY: "operator",
          AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: local.cognitoUrl,
        },
      });
      return run.milliseconds;
    };
    const time = await interleaved({ own: first(files.get("login") ?? ""), floor: first(empty) }).finally(local.close);
    return [
      {
        what: "cold start of login, with two Cognito requests",
        unit: "ms",
        value: time.own,
        floor: { what: "an empty handler", value: time.floor },
        target: { most: 1.6 },
      },
    ];
  },
};

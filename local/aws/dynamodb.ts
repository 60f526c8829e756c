/** DynamoDB's API, embedded: dynalite with the tables of the stack. */
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { SynthesizedStack } from "../terraform/read-stack";
import { AwsError } from "./aws-error";
import type { AwsRequest } from "./aws-request";
import { wantsOldItem, writeOrShowItem } from "./condition-failure";
import { createExclusive } from "./exclusive";
import { forward } from "./forward";
import { migrateTable } from "./migrate-table";
import { jsonBody } from "./permissions/permission";
import { type TableDefinition, tableDefinition } from "./table-definition";
import { withTableNames } from "./table-name";
import { TRANSACTIONS, transact } from "./transactions";

export interface DynamoDb {
  /** Creates the tables of the stack, in the background. Rows stay unless a table's key changes. */
  apply(stack: SynthesizedStack): void;
  /**
   * Waits for the tables, then handles a request whose permissions were checked.
   * @throws AwsError for an operation that is not emulated
   */
  handle(operation: string, request: AwsRequest, res: ServerResponse): Promise<number>;
  /** Waits for the tables, then runs an operation for the developer: no policy is checked. */
  readonly call: Call;
  close(): Promise<unknown>;
}

/** Runs an operation; rejects with the error that DynamoDB returns. */
export type Call = (operation: string, input: object) => Promise<Readonly<Record<string, unknown>>>;

const EMULATED = new Set(
  "BatchGetItem BatchWriteItem CreateTable DeleteItem DeleteTable DescribeTable DescribeTimeToLive GetItem ListTables ListTagsOfResource PutItem Query Scan TagResource UntagResource UpdateItem UpdateTable".split(
    " ",
  ),
);

/** @param folder keeps the rows; undefined: they are lost when the process ends */
export function createDynamoDb(log: (line: string) => void, folder?: string): DynamoDb {
  const secret = randomUUID();
  let worker: Worker | undefined;
  let origin: Promise<string> | undefined;
  const exclusive = createExclusive();
  let ready: Promise<void> = Promise.resolve();

  const start = ({ region, accountId }: SynthesizedStack) =>
    new Promise<string>((resolve, reject) => {
      worker = new Worker(join(__dirname, "dynamodb-worker.mjs"), {
        workerData: { secret, path: folder },
        env: { AWS_REGION: region, AWS_ACCOUNT_ID: accountId },
        execArgv: [],
      });
      worker.on("message", ({ port, error }: { port?: number; error?: string }) => {
        if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
        if (error !== undefined) log(`dynamodb  ${error}`);
      });
      worker.on("error", reject);
    });
  const call: Call = async (operation, input) => {
    const response = await fetch((await origin) ?? "", {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `DynamoDB_20120810.${operation}`,
        "x-local-secret": secret,
        ...UNSIGNED,
      },
      body: JSON.stringify(input),
    });
    const output = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new AwsError(String(output.__type).split("#").at(-1) ?? "", String(output.message));
    return output;
  };
  return {
    apply(stack) {
      const definitions = stack.resources("aws_dynamodb_table").map(tableDefinition);
      if (definitions.length === 0) return;
      origin ??= start(stack);
      const migrate = (definition: TableDefinition) =>
        migrateTable(call, definition, log).catch((error: Error) =>
          log(`dynamodb  ${definition.TableName}: ${error.message}`),
        );
      ready = ready.then(async () => {
        for (const definition of definitions) await migrate(definition);
      });
    },
    async handle(operation, request, res) {
      if (!origin) throw new AwsError("ResourceNotFoundException", "Requested resource not found");
      if (!EMULATED.has(operation) && !TRANSACTIONS.has(operation)) {
        const message = `${operation} is not emulated by the local DynamoDB: see docs/local-api.md`;
        throw new AwsError("UnknownOperationException", message);
      }
      await ready;
      const named = withTableNames(request);
      if (TRANSACTIONS.has(operation)) {
        return exclusive.alone(() => transact(call, operation, jsonBody(named), res));
      }
      if (wantsOldItem(named)) return exclusive.shared(() => writeOrShowItem(call, operation, named, res));
      const database = await origin;
      const headers = { "x-local-secret": secret, ...UNSIGNED };
      return exclusive.shared(() => forward(database, named, res, { headers }));
    },
    async call(operation, input) {
      await ready;
      return call(operation, input);
    },
    close: async () => worker?.terminate(),
  };
}

/** dynalite requires a signature and does not verify it. */
const UNSIGNED = {
  authorization: "AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=local",
  "x-amz-date": "20260101T000000Z",
};

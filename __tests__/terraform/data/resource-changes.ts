/** Edits of the project's own resources in `resources.ts`. */

import { type Edit, replace } from "../gate/edits";
import type { Change } from "./change";

const SORT_KEY = '    sortKey: "id",\n';
const LAST_GRANT = 'notes.grant(fn("delete-note"), "dynamodb:DeleteItem");\n';
const withProp = (prop: string) => replace("resources.ts", SORT_KEY, `${SORT_KEY}${prop},\n`);
const afterTable = (line: string) => replace("resources.ts", LAST_GRANT, `${LAST_GRANT}${line}\n`);
const imported = (name: string, file: string) =>
  replace(
    "resources.ts",
    "import { Table }",
    `import { ${name} } from "./constructs/resources/${file}";\nimport { Table }`,
  );

export const ANOTHER_KEY: readonly Edit[] = [replace("resources.ts", SORT_KEY, SORT_KEY.replace("id", "created_at"))];
export const ANOTHER_NAME: readonly Edit[] = [replace("resources.ts", "`${name}-notes`", "`${name}-memos`")];

const notesPolicies: readonly `update ${string}`[] = [
  "list-notes",
  "create-note",
  "get-note",
  "update-note",
  "delete-note",
].map((name) => `update aws_iam_role_policy.functions_${name}_policy` as const);

export const resourceChanges: readonly Change[] = [
  {
    name: "table-index-added",
    edits: [withProp('indexes: [{ name: "by-tag", partitionKey: "tag" }]')],
    // What a function may do with the table, it may do with the indexes.
    expected: ["update aws_dynamodb_table.resources_notes_table", ...notesPolicies],
  },
  {
    name: "table-expiry-added",
    edits: [withProp('timeToLiveAttribute: "expires"')],
    expected: ["update aws_dynamodb_table.resources_notes_table"],
  },
];

/**
 * Planned only. To replace or delete a table takes two applies, since DynamoDB keeps one that is protected in the state; a queue
 * takes the provider half a minute; and from a capacity back to none, the provider rejects its own state.
 */
export const plannedChanges: readonly Change[] = [
  {
    name: "table-billing-mode",
    edits: [
      replace(
        "constructs/resources/table.ts",
        'billingMode: "PAY_PER_REQUEST"',
        'billingMode: "PROVISIONED", readCapacity: 1, writeCapacity: 1',
      ),
    ],
    expected: ["update aws_dynamodb_table.resources_notes_table"],
  },
  {
    name: "table-added",
    edits: [afterTable('new Table(scope, "orders", { name: `${name}-orders`, partitionKey: "id", protect });')],
    expected: ["create aws_dynamodb_table.resources_orders_table"],
  },
  {
    name: "table-key",
    settings: { PROTECT_USERS: "false" },
    edits: ANOTHER_KEY,
    expected: [
      "update aws_cognito_user_pool.users_pool",
      "replace aws_dynamodb_table.resources_notes_table",
      ...notesPolicies,
    ],
  },
  {
    name: "bucket-added",
    edits: [
      imported("Bucket", "bucket"),
      afterTable(
        'new Bucket(scope, "uploads", { name: `${name}-uploads`, protect }).grantPut(fn("echo"), "incoming/*");',
      ),
    ],
    expected: [
      ...[
        "",
        "_policy",
        "_public_access_block",
        "_server_side_encryption_configuration",
        "_versioning",
        "_lifecycle_configuration",
      ].map((part) => `create aws_s3_bucket${part}.resources_uploads_*` as const),
      "update aws_iam_role_policy.functions_echo_policy",
      "update aws_lambda_function.functions_echo_function",
    ],
  },
  {
    name: "queue-added",
    edits: [
      imported("Queue", "queue"),
      afterTable('new Queue(scope, "jobs", { name: `${name}-jobs`, protect }).addConsumer(fn("echo"));'),
    ],
    expected: [
      "create aws_sqs_queue.resources_jobs_*",
      "create aws_sqs_queue_policy.resources_jobs_*",
      "create aws_lambda_event_source_mapping.resources_jobs_consumer",
      "update aws_iam_role_policy.functions_echo_policy",
    ],
  },
];

/** With PROTECT_USERS on, Terraform rejects each of these and names the resource that it keeps. */

import { type Edit, replace } from "../gate/edits";
import { EXISTING_POOL } from "./combinations";
import { ANOTHER_KEY, ANOTHER_NAME } from "./resource-changes";

export interface Protection {
  readonly name: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly edits?: readonly Edit[];
  /** Options of `terraform plan`. */
  readonly options?: readonly string[];
  /** Types of the resources that are kept. */
  readonly kept: readonly ("aws_cognito_user_pool" | "aws_cognito_user_pool_client" | "aws_dynamodb_table")[];
}

const POOL = "aws_cognito_user_pool";
const CLIENT = "aws_cognito_user_pool_client";
const TABLE = "aws_dynamodb_table";
const inPool = (find: string, by: string) => replace("constructs/users/user-pool.ts", find, by);

export const protections: readonly Protection[] = [
  { name: "destroy", options: ["-destroy"], kept: [CLIENT, TABLE] },
  {
    name: "pool-renamed",
    settings: { PROJECT: "identity-api" },
    kept: [POOL],
  },
  {
    name: "alias-attributes",
    edits: [inPool('aliasAttributes: ["email"],', 'aliasAttributes: ["email", "phone_number"],')],
    kept: [POOL],
  },
  {
    name: "username-attributes",
    edits: [inPool('aliasAttributes: ["email"],', 'usernameAttributes: ["email"],')],
    kept: [POOL],
  },
  { name: "case-sensitivity", edits: [inPool("caseSensitive: false", "caseSensitive: true")], kept: [POOL] },
  {
    name: "client-secret",
    edits: [replace("constructs/users/app-clients.ts", "generateSecret: true", "generateSecret: false")],
    kept: [CLIENT],
  },
  { name: "another-pool", settings: { COGNITO_USER_POOL_ID: EXISTING_POOL }, kept: [CLIENT] },
  {
    name: "pool-id-in-the-code",
    edits: [inPool('new CognitoUserPool(scope, "pool"', 'new CognitoUserPool(scope, "people"')],
    kept: [CLIENT],
  },
  { name: "table-key", edits: ANOTHER_KEY, kept: [TABLE] },
  { name: "table-renamed", edits: ANOTHER_NAME, kept: [TABLE] },
];

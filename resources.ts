/**
 * The project's own AWS resources, and what its functions may do with them: tables, buckets, queues, topics, parameters, secrets,
 * schedules, Cognito triggers, or any other class of the provider. docs/resources.md has a recipe for each.
 */
import type { Construct } from "constructs";
import type { ResourcesProps } from "./constructs/resources/resources-props";
import { Table } from "./constructs/resources/table";

export function addResources(scope: Construct, { name, protect, kmsKeyArn, fn }: ResourcesProps): void {
  const notes = new Table(scope, "notes", {
    name: `${name}-notes`,
    partitionKey: "owner",
    sortKey: "id",
    protect,
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
  });
  notes.grant(fn("list-notes"), "dynamodb:Query");
  notes.grant(fn("create-note"), "dynamodb:PutItem");
  notes.grant(fn("get-note"), "dynamodb:GetItem");
  notes.grant(fn("update-note"), "dynamodb:GetItem", "dynamodb:UpdateItem");
  notes.grant(fn("delete-note"), "dynamodb:DeleteItem");
}

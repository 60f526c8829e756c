/**
 * What may change without harm: looked at once, here, instead of by a rule. What stands neither here nor in a rule's
 * `looksAt` is reported as not judged.
 */
import { api } from "./api";
import { data } from "./data";
import { functions } from "./functions";
import { operations } from "./operations";
import { users } from "./users";

/** Of every type. */
export const everywhere: ReadonlySet<string> = new Set([
  ...["id", "arn", "tags", "tags_all", "description", "comment", "timeouts", "region"],
  ...[
    "owner_id",
    "unique_id",
    "create_date",
    "created_date",
    "creation_date",
    "last_updated_date",
    "last_modified_date",
  ],
]);

const rows = [...api, ...functions, ...users, ...data, ...operations];

/** By type. */
export const harmless: ReadonlyMap<string, ReadonlySet<string>> = byType();

function byType(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [types, attributes] of rows) {
    for (const type of types.split(/\s+/)) {
      const known = found.get(type) ?? new Set();
      for (const attribute of attributes.split(/\s+/)) known.add(attribute);
      found.set(type, known);
    }
  }
  return found;
}

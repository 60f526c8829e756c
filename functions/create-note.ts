import { randomBytes } from "node:crypto";
import { dynamoDb, tableErrors } from "./shared/dynamodb";
import { environment } from "./shared/environment";
import { endpoint } from "./shared/http/endpoint";
import { created } from "./shared/http/response";
import { createNoteRequest, type NoteItem, noteOf } from "./shared/notes";

/** Time in base 36 first (eight digits until 2059), so that a query returns notes in the order in which they were made. */
const newId = () => `${Date.now().toString(36)}-${randomBytes(8).toString("hex")}`;

export const handler = endpoint(
  { ...createNoteRequest, purpose: "to create a note", errors: tableErrors },
  async ({ body, claims, signal }) => {
    const now = new Date().toISOString();
    const item: NoteItem = { owner: claims.sub, id: newId(), ...body, version: 1, created_at: now, updated_at: now };
    const put = { TableName: environment("NOTES_TABLE"), Item: item, ConditionExpression: "attribute_not_exists(id)" };
    await dynamoDb("PutItem", put, signal);
    return created(noteOf(item), item.id);
  },
);

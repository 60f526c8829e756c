import { DynamoDbError, dynamoDb, tableErrors } from "./shared/dynamodb";
import { environment } from "./shared/environment";
import { HttpError } from "./shared/error-response";
import { endpoint } from "./shared/http/endpoint";
import { type NoteItem, noSuchNote, noteOf, updateNoteRequest } from "./shared/notes";

/**
 * Replaces text and tags of a note. With `version`, only if the note still has that version: two callers that read the same note
 * cannot overwrite each other.
 */
export const handler = endpoint(
  { ...updateNoteRequest, purpose: "to change a note", errors: tableErrors },
  async ({ pathParameters: { id }, body: { text, tags, version }, claims, signal }) => {
    const note = { TableName: environment("NOTES_TABLE"), Key: { owner: claims.sub, id } };
    const update = {
      ...note,
      UpdateExpression: "SET #text = :text, #tags = :tags, updated_at = :now, #version = #version + :one",
      ConditionExpression: `attribute_exists(id)${version === undefined ? "" : " AND #version = :version"}`,
      ExpressionAttributeNames: { "#text": "text", "#tags": "tags", "#version": "version" },
      ExpressionAttributeValues: {
        ":text": text,
        ":tags": tags,
        ":now": new Date().toISOString(),
        ":one": 1,
        ":version": version,
      },
      ReturnValues: "ALL_NEW",
    } as const;
    try {
      const { Attributes } = await dynamoDb("UpdateItem", update, signal);
      return noteOf(Attributes as NoteItem);
    } catch (error) {
      if (!(error instanceof DynamoDbError && error.name === "ConditionalCheckFailedException")) throw error;
      const { Item } = await dynamoDb("GetItem", note, signal);
      throw Item ? new HttpError(409, "The note was changed meanwhile: read it again") : noSuchNote();
    }
  },
);

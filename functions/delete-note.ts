import { dynamoDb, tableErrors } from "./shared/dynamodb";
import { environment } from "./shared/environment";
import { endpoint } from "./shared/http/endpoint";
import { noContent } from "./shared/http/response";
import { deleteNoteRequest, noSuchNote } from "./shared/notes";

export const handler = endpoint(
  {
    ...deleteNoteRequest,
    purpose: "to delete a note",
    errors: { ...tableErrors, ConditionalCheckFailedException: noSuchNote() },
  },
  async ({ pathParameters: { id }, claims, signal }) => {
    const note = { TableName: environment("NOTES_TABLE"), Key: { owner: claims.sub, id } };
    await dynamoDb("DeleteItem", { ...note, ConditionExpression: "attribute_exists(id)" }, signal);
    return noContent();
  },
);

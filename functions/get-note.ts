import { dynamoDb, tableErrors } from "./shared/dynamodb";
import { environment } from "./shared/environment";
import { endpoint } from "./shared/http/endpoint";
import { getNoteRequest, type NoteItem, noSuchNote, noteOf } from "./shared/notes";

export const handler = endpoint(
  { ...getNoteRequest, purpose: "to read a note", errors: tableErrors },
  async ({ pathParameters: { id }, claims, signal }) => {
    const note = { TableName: environment("NOTES_TABLE"), Key: { owner: claims.sub, id } };
    const { Item } = await dynamoDb("GetItem", note, signal);
    if (!Item) throw noSuchNote();
    return noteOf(Item as NoteItem);
  },
);

import { dynamoDb, tableErrors } from "./shared/dynamodb";
import { environment } from "./shared/environment";
import { endpoint } from "./shared/http/endpoint";
import { listNotesRequest, type NoteItem, noteOf } from "./shared/notes";

/** The caller's notes, newest first. `cursor` of a page is where the next one begins; null after the last. */
export const handler = endpoint(
  { ...listNotesRequest, purpose: "to list notes", errors: tableErrors },
  async ({ query: { limit, cursor }, claims, signal }) => {
    const query = {
      TableName: environment("NOTES_TABLE"),
      KeyConditionExpression: "#owner = :owner",
      ExpressionAttributeNames: { "#owner": "owner" },
      ExpressionAttributeValues: { ":owner": claims.sub },
      ScanIndexForward: false,
      Limit: limit,
      // The owner comes from the token, never from the cursor.
      ...(cursor !== undefined && { ExclusiveStartKey: { owner: claims.sub, id: cursor } }),
    };
    const { Items = [], LastEvaluatedKey } = await dynamoDb("Query", query, signal);
    return { notes: (Items as NoteItem[]).map(noteOf), cursor: (LastEvaluatedKey?.id as string | undefined) ?? null };
  },
);

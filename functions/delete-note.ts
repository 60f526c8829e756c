import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
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
    const command = new DeleteCommand({
      TableName: environment("NOTES_TABLE"),
      Key: { owner: claims.sub, id },
      ConditionExpression: "attribute_exists(id)",
    });
    await dynamoDb.send(command, { abortSignal: signal });
    return noContent();
  },
);

/** Notes: what requests hold, what comes back, and what an item of the table looks like. */
import * as v from "valibot";
import { HttpError } from "./error-response";

/** Ids are ordered by time, and letters, digits and "-" need no encoding in a path. */
const id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/, "must be an id of a note"));
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(4000));
const tags = v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(40))), v.maxLength(10));
const version = v.pipe(v.number(), v.integer(), v.minValue(1));

const note = v.object({ id, text, tags, version, created_at: v.string(), updated_at: v.string() });

const pathParameters = v.object({ id });

export const listNotesRequest = {
  query: v.object({
    limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 20),
    cursor: v.optional(id),
  }),
  returns: v.object({ notes: v.array(note), cursor: v.nullable(id) }),
};
export const createNoteRequest = { body: v.strictObject({ text, tags: v.optional(tags, []) }), returns: note };
export const getNoteRequest = { pathParameters, returns: note };
export const updateNoteRequest = {
  pathParameters,
  body: v.strictObject({ text, tags: v.optional(tags, []), version: v.optional(version) }),
  returns: note,
};
export const deleteNoteRequest = { pathParameters };

const unavailable = { 504: "The table does not respond in time" } as const;
const ofOne = { ...unavailable, 404: "There is no such note" } as const;

/** What the routes respond, for the OpenAPI document. */
export const noteResponses = {
  list: { summary: "Lists the caller's notes, newest first, in pages", errors: unavailable },
  create: {
    summary: "Creates a note",
    example: { text: "Buy milk", tags: ["home"] },
    status: 201,
    errors: unavailable,
  },
  get: { summary: "Returns a note", errors: ofOne },
  update: {
    summary: "Replaces text and tags of a note; with a version, only if it still has that version",
    example: { text: "Buy oat milk", tags: ["home"], version: 1 },
    errors: { ...ofOne, 409: "The note was changed meanwhile" },
  },
  remove: { summary: "Deletes a note", status: 204, errors: ofOne },
} as const;

export type Note = v.InferOutput<typeof note>;

/** An item of the table: the note and whose it is. */
export interface NoteItem extends Note {
  /** The caller's `sub`: the partition key, so that no request can reach another user's notes. */
  readonly owner: string;
}

/** An item without what only the table needs. */
export const noteOf = ({ owner: _, ...others }: NoteItem): Note => others;

/** The same for a note that does not exist and for one of another user. */
export const noSuchNote = () => new HttpError(404, "There is no such note");

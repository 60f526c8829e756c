/** The last requests and mails, kept from the start so that a console opened later shows what led to an error. */
import type { Observer, RequestRecord } from "../api-gateway/common/trace";
import type { Message } from "../cognito/cognito";
import type { InboxMessage } from "./protocol";

export interface Entry {
  readonly id: number;
  readonly record: RequestRecord;
}

export interface HistoryListener {
  request(entry: Entry): void;
  message(message: InboxMessage): void;
}

export interface History {
  readonly observer: Observer;
  deliver(message: Message): void;
  /** Oldest first. */
  requests(): Iterable<Entry>;
  request(id: number): Entry | undefined;
  /** Oldest first. */
  messages(): readonly InboxMessage[];
  /** @returns stops listening */
  listen(listener: HistoryListener): () => void;
}

const MAX_REQUESTS = 1000;
const MAX_MESSAGES = 500;
/** A body above it is cut once the response is known. */
const MAX_BODY_BYTES = 64 * 1024;

export function createHistory(now: () => number): History {
  const entries = new Map<number, Entry>();
  const ids = new WeakMap<RequestRecord, number>();
  const messages: InboxMessage[] = [];
  const listeners = new Set<HistoryListener>();
  let lastRequest = 0;
  let lastMessage = 0;

  const idOf = (record: RequestRecord) => {
    const known = ids.get(record);
    if (known !== undefined) return known;
    lastRequest += 1;
    ids.set(record, lastRequest);
    entries.delete(lastRequest - MAX_REQUESTS);
    return lastRequest;
  };
  return {
    observer(record) {
      const entry = { id: idOf(record), record: record.response ? compact(record) : record };
      // A slow request may end after a thousand others: it stays out then.
      if (entry.id > lastRequest - MAX_REQUESTS) entries.set(entry.id, entry);
      for (const listener of listeners) listener.request(entry);
    },
    deliver(message) {
      lastMessage += 1;
      const kept = { ...message, id: lastMessage, time: now() };
      messages.push(kept);
      if (messages.length > MAX_MESSAGES) messages.shift();
      for (const listener of listeners) listener.message(kept);
    },
    requests: () => [...entries.values()].sort((a, b) => a.id - b.id),
    request: (id) => entries.get(id),
    messages: () => messages,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The record without the rest of long bodies; `Content-Length` still tells their size. */
function compact(record: RequestRecord): RequestRecord {
  const { request, response } = record;
  if (!response) return record;
  const isLong = request.body.length > MAX_BODY_BYTES || response.body.length > MAX_BODY_BYTES;
  if (!isLong) return record;
  return {
    ...record,
    request: { ...request, body: Buffer.from(request.body.subarray(0, MAX_BODY_BYTES)) },
    response: { ...response, body: cut(response.body) },
  };
}

const cut = (body: string | Buffer) =>
  typeof body === "string" ? body.slice(0, MAX_BODY_BYTES) : Buffer.from(body.subarray(0, MAX_BODY_BYTES));

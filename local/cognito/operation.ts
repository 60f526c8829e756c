import type * as v from "valibot";
import type { Client, Pool } from "./pool";
import { parse } from "./schema";

/** A code or a temporary password on its way to a user, as a mail would carry it. */
export interface Message {
  readonly username: string;
  readonly destination: string;
  readonly code: string;
  readonly purpose: string;
}

/** What an operation may reach. */
export interface Context {
  /** Milliseconds since 1970. */
  now(): number;
  deliver(message: Message): void;
  pools(): readonly Pool[];
  /** @throws ResourceNotFoundException */
  pool(id: string): Pool;
  /** @throws ResourceNotFoundException */
  client(id: string): Client;
}

/** What AWS answers: an object, or nothing at all for the operations that have no output. */
export type Answer = object | undefined;
export type Operation = (body: unknown, context: Context) => Answer | Promise<Answer>;

/** An operation whose request has the given shape. */
export const operation =
  <S extends v.GenericSchema<unknown, unknown>>(
    request: S,
    run: (input: v.InferOutput<S>, context: Context) => Answer | Promise<Answer>,
  ): Operation =>
  (body, context) =>
    run(parse(request, body), context);

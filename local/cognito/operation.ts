import type * as v from "valibot";
import type { Client, LocalUserPool } from "./local-user-pool";
import { parse } from "./schema";
import type { RunTrigger } from "./triggers";

/** A code or a temporary password on its way to a user, as a mail would carry it. */
export interface Message {
  readonly username: string;
  readonly destination: string;
  readonly code: string;
  readonly purpose: string;
  /** From a custom message trigger, in place of Cognito's text. */
  readonly text?: string;
  readonly subject?: string;
}

/** The dependencies of an operation. */
export interface Context {
  /** Milliseconds since 1970. */
  now(): number;
  deliver(message: Message): void;
  readonly trigger: RunTrigger;
  pools(): readonly LocalUserPool[];
  /** @throws ResourceNotFoundException */
  pool(id: string): LocalUserPool;
  /** @throws ResourceNotFoundException */
  client(id: string): Client;
  /** The client if it belongs to this pool. @throws ResourceNotFoundException */
  clientOf(poolId: string, id: string): Client;
}

/** Undefined for the operations whose response has no body. */
export type OperationOutput = object | undefined;
export type Operation = (body: unknown, context: Context) => OperationOutput | Promise<OperationOutput>;

/** Defines an operation with the schema of its request. */
export const operation =
  <S extends v.GenericSchema<unknown, unknown>>(
    request: S,
    run: (input: v.InferOutput<S>, context: Context) => OperationOutput | Promise<OperationOutput>,
  ): Operation =>
  (body, context) =>
    run(parse(request, body), context);

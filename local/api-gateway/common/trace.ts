import type { ApiRequest } from "./request";
import type { ApiResponse } from "./response";

/** What the gateway decides about a request, in this order: route, throttling, authorizer, request validator, integration. */
export type StepName = "matched" | "throttled" | "authorized" | "validated" | "invoked";

export interface Step {
  readonly name: StepName;
  /** False for the step that made the error response. */
  readonly passed: boolean;
  /** What was compared or why the request was rejected. Responses never say as much. */
  readonly detail: string;
  /** Milliseconds since the request was read. */
  readonly atMs: number;
}

/** One request on its way through the gateway. Its parts are added as they happen. */
export interface RequestRecord {
  readonly request: ApiRequest;
  /** Path and query as they were sent, stage included. */
  readonly target: string;
  readonly steps: readonly Step[];
  /** What the function logged meanwhile. */
  readonly logs: readonly string[];
  readonly response: ApiResponse | undefined;
  /** From the whole request to the response; undefined while it is in progress. */
  readonly durationMs: number | undefined;
}

/** Receives a record twice: when the request has been read, and when its response is known. */
export type Observer = (record: RequestRecord) => void;

/** Collects the parts of a record. */
export interface Trace {
  passed(name: StepName, detail: string): void;
  rejected(name: StepName, detail: string): void;
  log(line: string): void;
  end(response: ApiResponse): void;
}

/** A function that logs without end must not fill the memory. */
const MAX_LOG_LINES = 500;

export function startTrace(request: ApiRequest, target: string, observer: Observer): Trace {
  const start = performance.now();
  const elapsed = () => performance.now() - start;
  const steps: Step[] = [];
  const logs: string[] = [];
  const record = { request, target, steps, logs, response: undefined, durationMs: undefined };
  observer(record);
  const add = (passed: boolean) => (name: StepName, detail: string) => {
    steps.push({ name, passed, detail, atMs: elapsed() });
  };
  return {
    passed: add(true),
    rejected: add(false),
    log: (line) => {
      if (logs.length < MAX_LOG_LINES) logs.push(line);
    },
    end: (response) => observer(Object.assign(record, { response, durationMs: elapsed() })),
  };
}

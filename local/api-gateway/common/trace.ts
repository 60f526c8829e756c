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

/** A function that logs without end must not fill the memory. */
const MAX_LOG_LINES = 500;

/** Collects the parts of a record. A class, since closures made for each request cost ten times as much. */
export class Trace {
  readonly #start = performance.now();
  readonly #steps: Step[] = [];
  readonly #logs: string[] = [];
  readonly #record: RequestRecord;
  readonly #observer: Observer;

  constructor(request: ApiRequest, target: string, observer: Observer) {
    this.#observer = observer;
    this.#record = {
      request,
      target,
      steps: this.#steps,
      logs: this.#logs,
      response: undefined,
      durationMs: undefined,
    };
    observer(this.#record);
  }

  passed(name: StepName, detail: string): void {
    this.#steps.push({ name, passed: true, detail, atMs: this.#elapsed() });
  }

  rejected(name: StepName, detail: string): void {
    this.#steps.push({ name, passed: false, detail, atMs: this.#elapsed() });
  }

  log(line: string): void {
    if (this.#logs.length < MAX_LOG_LINES) this.#logs.push(line);
  }

  end(response: ApiResponse): void {
    this.#observer(Object.assign(this.#record, { response, durationMs: this.#elapsed() }));
  }

  #elapsed(): number {
    return performance.now() - this.#start;
  }
}

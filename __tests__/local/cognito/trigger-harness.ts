import type { InvokeTrigger } from "../../../local/cognito/triggers";
import { failure, type Running, startCognito } from "./harness";

export interface Event {
  readonly triggerSource: string;
  readonly userName?: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}
export type Handler = (event: Event) => unknown;

let cognito: Running | undefined;
afterEach(() => cognito?.close());

/** A pool whose triggers run these handlers, and the events that they received. */
export async function withTriggers(
  handlers: Record<string, Handler>,
  config: object = {},
  client: Readonly<Record<string, unknown>> = {},
) {
  const events: Event[] = [];
  const invoke: InvokeTrigger = async (functionArn, text) => {
    const event = JSON.parse(text) as Event;
    events.push(event);
    try {
      const response = await handlers[functionArn]?.(event);
      return { payload: JSON.stringify(response === undefined ? event : response) };
    } catch (error) {
      return { error: { errorType: "Error", errorMessage: (error as Error).message } };
    }
  };
  const lambda_config = [{ ...Object.fromEntries(Object.keys(handlers).map((name) => [name, name])), ...config }];
  const running = await startCognito({ pool: { lambda_config }, client, invoke });
  cognito = running;
  return Object.assign(running, { events });
}
export const respond = (response: object) => (event: Event) => ({ ...event, response });
export const lambdaFailure = (message: string) => failure("UserLambdaValidationException", message);

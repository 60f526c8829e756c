/** What the console's server and its page send each other, as JSON. */
import type { RouteDetails } from "../api-gateway/common/route-details";
import type { Step } from "../api-gateway/common/trace";
import type { JsonObject } from "../terraform/json";

export interface ConsoleRoute extends RouteDetails {
  readonly method: string;
  /** As declared: `/notes/{id}`. */
  readonly path: string;
  /** With the stage before it: `/v1/notes/{id}`. */
  readonly url: string;
  readonly isPrivate: boolean;
  readonly functionName: string;
}

export interface ConsolePool {
  readonly id: string;
  readonly name: string;
  readonly adminCreateOnly: boolean;
  readonly emailAsUsername: boolean;
  /** `off`, `optional` or `on`. */
  readonly mfa: string;
  readonly groups: readonly string[];
  readonly clients: readonly { readonly id: string; readonly name: string; readonly flows: readonly string[] }[];
}

export interface ConsoleTable {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string | undefined;
}

/** What the synthesized stack declares. */
export interface Overview {
  readonly stackName: string;
  readonly region: string;
  readonly folder: string;
  readonly apiUrl: string;
  readonly cognitoUrl: string;
  /** Of the API's reference page; absent if the API serves that path itself. */
  readonly referenceUrl?: string | undefined;
  readonly notEmulated: readonly string[];
  readonly routes: readonly ConsoleRoute[];
  readonly pools: readonly ConsolePool[];
  readonly tables: readonly ConsoleTable[];
}

export interface RequestSummary {
  readonly id: number;
  readonly requestId: string;
  /** Identifier in the responses of an HTTP API. */
  readonly extendedRequestId: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly method: string;
  readonly target: string;
  /** Absent while the request is in progress. */
  readonly status?: number;
  readonly durationMs?: number;
  /** The step that rejected the request, and why. */
  readonly rejected?: Step;
}

/** A body as text, or why it is not shown. */
export interface BodyText {
  readonly text: string;
  /** Set if the body was cut. */
  readonly bytes?: number;
  readonly isBinary?: true;
}

export interface RequestDetail extends RequestSummary {
  readonly headers: readonly (readonly [string, string])[];
  readonly body: BodyText;
  readonly steps: readonly Step[];
  readonly logs: readonly string[];
  readonly response?: { readonly headers: readonly (readonly [string, string])[]; readonly body: BodyText };
}

/** A mail that Cognito would have sent. */
export interface InboxMessage {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly username: string;
  readonly destination: string;
  readonly code: string;
  readonly purpose: string;
  readonly text?: string;
  readonly subject?: string;
}

export interface ConsoleUser {
  readonly sub: string;
  readonly username: string;
  readonly status: string;
  readonly enabled: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly groups: readonly string[];
  /** `SOFTWARE_TOKEN_MFA`, `EMAIL_OTP` */
  readonly secondFactors: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  /** Sign-ins whose refresh token still works. */
  readonly sessions: number;
}

export interface TablePage {
  readonly rows: readonly JsonObject[];
  /** Pass it back to read the next page; undefined on the last one. */
  readonly next: JsonObject | undefined;
}

/** The first event of a stream. */
export interface Snapshot {
  readonly overview: Overview;
  readonly requests: readonly RequestSummary[];
  readonly messages: readonly InboxMessage[];
}

/** Data of each server-sent event, by its name. `changed`: users or rows may have changed. */
export interface ConsoleEvents {
  readonly snapshot: Snapshot;
  readonly overview: Overview;
  readonly request: RequestSummary;
  readonly message: InboxMessage;
  readonly changed: Record<string, never>;
}

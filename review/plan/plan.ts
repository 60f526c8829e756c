/** A plan as the review sees it: checked, indexed, and of no provider in particular. */
import type { Redact } from "../secrets/redact";
import type { JsonObject } from "./value";

export const actions = ["no-op", "create", "read", "update", "delete", "forget", "open", "renew", "close"] as const;
export type Action = (typeof actions)[number];

/** What happens to one resource. */
export type Verb = "keep" | "create" | "update" | "replace" | "destroy" | "forget";

export interface Change {
  readonly address: string;
  /** `module.a.module.b` without instance keys; empty for the root module. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  /** Instance key of `count` or `for_each`, as JSON; empty without one. */
  readonly index: string;
  readonly verb: Verb;
  /** A data source: read, never changed. */
  readonly data: boolean;
  /** A leftover of an earlier replacement, about to be deleted and not in use. */
  readonly deposed: boolean;
  readonly previousAddress: string | undefined;
  /** Why Terraform does it, such as `replace_by_request`. */
  readonly actionReason: string | undefined;
  /** Attributes that force a replacement, such as `username_configuration.0.case_sensitive`. */
  readonly replacePaths: readonly string[];
  readonly before: JsonObject | undefined;
  readonly after: JsonObject | undefined;
  readonly unknown: unknown;
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
}

export interface OutputChange {
  readonly name: string;
  readonly verb: Verb;
  readonly before: unknown;
  readonly after: unknown;
  readonly unknown: unknown;
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
  /** The output says `sensitive = true`. */
  readonly declaredSensitive: boolean;
  readonly references: readonly string[];
}

/** Something that a provider does besides changing resources (Terraform 1.14). */
export interface ActionInvocation {
  readonly address: string;
  readonly type: string;
}

export interface FailedCheck {
  readonly address: string;
  readonly messages: readonly string[];
}

/** One resource block of the configuration. */
export interface Block {
  readonly module: string;
  readonly expressions: JsonObject;
}

export interface Plan {
  readonly changes: readonly Change[];
  readonly outputs: readonly OutputChange[];
  /** What something other than Terraform changed since the last apply. */
  readonly drift: readonly Change[];
  readonly actions: readonly ActionInvocation[];
  readonly failedChecks: readonly FailedCheck[];
  /** Addresses of resources that exist already and are taken into the state. */
  readonly imported: readonly string[];
  /** Why this plan does not show everything; empty for a whole plan. */
  readonly incomplete: readonly string[];
  /** Removes copies of secrets from text of the plan: what is marked sensitive, or taken for a secret, anywhere in the file. */
  readonly redact: Redact;
  /** A plan of other changes under the same configuration. */
  withChanges(changes: readonly Change[]): Plan;
  ofType(...types: readonly string[]): readonly Change[];
  at(address: string): Change | undefined;
  /** The change of a resource of that type whose id it is, before or after. */
  withId(type: string, id: string): Change | undefined;
  block(change: Change): Block | undefined;
  /** The expression that a module call or a module's output gives a name. */
  moduleExpression(module: string, kind: "variable" | "output", name: string): JsonObject | undefined;
  instances(module: string, type: string, name: string): readonly Change[];
  /** Instances of a data source that is read during the apply. */
  data(module: string, type: string, name: string): readonly Change[];
}

/** Types of requests and responses, from the rows of the route table. Nothing of this file is left at run time. */
import type { GenericSchema, InferInput } from "valibot";

export interface Row {
  readonly method: string;
  readonly path: string;
  readonly body?: GenericSchema;
  readonly query?: GenericSchema;
  readonly pathParameters?: GenericSchema;
  readonly returns?: GenericSchema;
  readonly status?: number;
}

/** `"GET /notes/{id}"`, and so on, of all rows. */
export type RouteName<R extends readonly Row[]> = NameOf<R[number]>;
type NameOf<T extends Row> = T extends Row ? `${T["method"]} ${T["path"]}` : never;
type RowOf<T extends Row, Name extends string> = T extends Row ? (NameOf<T> extends Name ? T : never) : never;

/** Names in the braces of a path. */
type Variables<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Plain}+` ? Plain : Name) | Variables<Rest>
  : never;

type Part<T, Key extends string> = T extends { readonly [K in Key]: infer S extends GenericSchema }
  ? InferInput<S>
  : undefined;

type PathParameters<T extends Row> = [Variables<T["path"]>] extends [never]
  ? undefined
  : T extends { readonly pathParameters: infer S extends GenericSchema }
    ? InferInput<S>
    : Readonly<Record<Variables<T["path"]>, string>>;

/** A part that has no required field may be left out; one that the route does not have must be. */
type Field<Key extends string, Value> = [Value] extends [undefined]
  ? { readonly [K in Key]?: never }
  : Record<never, never> extends Value
    ? { readonly [K in Key]?: Value }
    : { readonly [K in Key]: Value };

export interface CommonOptions {
  /** Further request headers. CORS_HEADERS must name those that are not simple. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export type Options<R extends readonly Row[], Name extends RouteName<R>> = OptionsOf<RowOf<R[number], Name>>;
type OptionsOf<T extends Row> = CommonOptions &
  Field<"body", Part<T, "body">> &
  Field<"query", Part<T, "query">> &
  Field<"pathParameters", PathParameters<T>>;

/** Options may be left out if none of them is required. */
export type OptionsArgument<R extends readonly Row[], Name extends RouteName<R>> =
  Record<never, never> extends Options<R, Name> ? [options?: Options<R, Name>] : [options: Options<R, Name>];

/** The `data` of a success; `unknown` where the row does not describe it. */
export type Data<R extends readonly Row[], Name extends RouteName<R>> = DataOf<RowOf<R[number], Name>>;
type DataOf<T extends Row> = T extends { readonly returns: infer S extends GenericSchema }
  ? InferInput<S>
  : T extends { readonly status: 204 }
    ? undefined
    : unknown;

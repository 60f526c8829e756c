/** What a function's bundle consists of. */
export interface FunctionCode {
  /** TypeScript file that exports `handler`, relative to the project root. */
  readonly entry: string;
  /** npm packages that are copied beside the bundle, with their dependencies, instead of being part of it. */
  readonly external: readonly string[];
  /** Files and folders that are copied beside the bundle, relative to the project root. */
  readonly assets: readonly string[];
  /** The function's variables; undefined where only Terraform knows the value. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What `resources.ts` is given by the stack. */
import type { NodeFunction, NodeFunctionProps } from "../function/node-function";
import type { UserPool } from "../users/user-pool";

export type FunctionOptions = Pick<
  NodeFunctionProps,
  "environment" | "memoryMb" | "timeoutSeconds" | "external" | "assets"
>;

export interface ResourcesProps {
  /** Start of every name in AWS: `cognito-api-dev`. */
  readonly name: string;
  /** Whether what holds data must not be deleted: PROTECT_USERS. */
  readonly protect: boolean;
  /**
   * ARN of the team's KMS key: KMS_KEY_ARN.
   * @default - keys of AWS
   */
  readonly kmsKeyArn?: string;
  /** Origins of the pages that use the API: CORS_ORIGINS. */
  readonly corsOrigins: readonly string[];
  readonly userPool: UserPool;
  /**
   * The function of `functions/FILE.ts`: the one that a route invokes, or one outside of the route table, such as a schedule's.
   * @param options of a function outside of the route table, where it is first named
   * @throws Error when the function exists already and options are given
   */
  fn(file: string, options?: FunctionOptions): NodeFunction;
}

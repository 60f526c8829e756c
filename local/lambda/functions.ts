import type { Iam } from "../aws/iam";
import { StackError, type SynthesizedStack } from "../terraform/read-stack";
import { functionConfig } from "./function-config";
import type { InvokeResult } from "./function-error";
import { createWarmInstances } from "./warm-instances";

/** Every function of the stack, ready to be invoked. */
export interface Functions {
  /**
   * Runs a function synchronously. Never rejects on a failure of the function.
   * @param function_ name, ARN or unqualified ARN with `:$LATEST`
   * @param event JSON text
   * @param logged receives the lines that the function logs
   */
  invoke(function_: string, event: string, logged?: (line: string) => void): Promise<InvokeResult>;
  has(function_: string): boolean;
  /** The names of all functions. */
  names(): string[];
  /** Ends every thread: at once, or with `drain` after the events that are queued or running. */
  close(options?: { readonly drain?: boolean }): Promise<void>;
}

export interface FunctionsOptions {
  readonly stack: SynthesizedStack;
  readonly iam: Iam;
  /** Further variables for every function, read when an instance starts. */
  environment(): Record<string, string>;
  /** Receives what functions write, one line at a time. */
  log(line: string): void;
}

/** @throws StackError for a function that cannot run: missing bundle, handler, role; see functionConfig. */
export function createFunctions({ stack, iam, environment, log }: FunctionsOptions): Functions {
  const warm = new Map(
    stack.resources("aws_lambda_function").map((block) => {
      const config = functionConfig(stack, iam, block, environment);
      return [config.name, createWarmInstances(config, log)] as const;
    }),
  );
  const find = (function_: string) => warm.get(functionName(function_));
  return {
    async invoke(function_, event, logged) {
      const instances = find(function_);
      if (!instances) throw new StackError(`${function_}: this function is not declared in cdk.tf.json`);
      return instances.invoke(event, logged);
    },
    names: () => [...warm.keys()],
    has: (function_) => find(function_) !== undefined,
    async close({ drain = false } = {}) {
      await Promise.all([...warm.values()].map((instances) => instances.close(drain)));
    },
  };
}

/** What an ARN or a name adds to the function: `live` in `arn:...:function:hello:live`. */
export function qualifierOf(function_: string): string | undefined {
  return /^(?:arn:[^:]*:lambda:[^:]*:[^:]*:function:)?[\w-]+:([^:]+)$/.exec(function_)?.[1];
}

/** The name in `arn:aws:lambda:<region>:<account>:function:<name>[:<qualifier>]`, or the name itself. */
export function functionName(function_: string): string {
  return /^arn:[^:]*:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(function_)?.[1] ?? function_;
}

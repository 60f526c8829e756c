import type { FunctionConfig } from "./function-config";
import type { FunctionError } from "./function-error";

const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

/**
 * What a function wrote, as lines for a terminal: its name, the level if known, the text. Below the function's
 * application log level there are none. Control characters are made visible: a caller's text may be among them.
 */
export function logLines(config: Pick<FunctionConfig, "name" | "logLevel">, text: string, level?: string): string[] {
  if (level && LEVELS.indexOf(level) < LEVELS.indexOf(config.logLevel)) return [];
  const prefix = level ? `[${config.name}] ${level} ` : `[${config.name}] `;
  return text.split(/\r?\n/).map((line) => prefix + line.replace(CONTROL, (char) => JSON.stringify(char).slice(1, -1)));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach the terminal.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** An error as a person reads it: the stack, whose first line names it, or type and message. */
export function shown({ errorType, errorMessage, trace }: FunctionError): string {
  return trace?.length ? trace.join("\n") : `${errorType}: ${errorMessage}`;
}

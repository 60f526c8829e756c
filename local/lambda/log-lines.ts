import type { FunctionConfig } from "./function-config";
import type { FunctionError } from "./function-error";

const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

/**
 * A function's output as lines for the terminal: name, level if known, text. Returns none below the function's
 * application log level. Escapes control characters, which may come from a request.
 */
export function logLines(config: Pick<FunctionConfig, "name" | "logLevel">, text: string, level?: string): string[] {
  if (level && LEVELS.indexOf(level) < LEVELS.indexOf(config.logLevel)) return [];
  const prefix = level ? `[${config.name}] ${level} ` : `[${config.name}] `;
  return text.split(/\r?\n/).map((line) => prefix + line.replace(CONTROL, (char) => JSON.stringify(char).slice(1, -1)));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters must not reach the terminal.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** The stack, whose first line names the error; without one, type and message. */
export function formatError({ errorType, errorMessage, trace }: FunctionError): string {
  return trace?.length ? trace.join("\n") : `${errorType}: ${errorMessage}`;
}

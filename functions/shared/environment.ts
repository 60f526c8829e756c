/** A mistake of the deployment. The variable's name goes to the log, never its value, and neither to the caller. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  constructor(readonly variable: string) {
    super(`environment variable ${variable} must be set`);
  }
}

/** @throws {ConfigurationError} if the variable is missing or empty. */
export function environment(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new ConfigurationError(variable);
  return value;
}

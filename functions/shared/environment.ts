/** A mistake in the deployment. The log gets the variable's name, never its value; the caller gets neither. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  constructor(readonly variable: string) {
    super(`environment variable ${variable} must be set`);
  }
}

/** @throws {ConfigurationError} if the variable is missing or empty */
export function environment(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new ConfigurationError(variable);
  return value;
}

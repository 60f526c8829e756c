export type Json = Readonly<Record<string, unknown>>;

/** Of OpenAPI. 3.0 is for tools that know no later one, as API Gateway's import. */
export const versions = ["3.1", "3.0"] as const;
export type Version = (typeof versions)[number];

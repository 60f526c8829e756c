/** IAM policy documents as JSON text. A data source would do the same, but make every plan with a changed pool unreadable. */
export interface PolicyStatement {
  readonly actions: readonly string[];
  /** ARN of the one thing that the actions are allowed on. */
  readonly resource: string;
}

/** @throws Error on an action or resource that is all wildcard */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  for (const { actions, resource } of statements) {
    const wide = [...actions, resource].find((value) => value === "*" || /^[\w-]+:\*$/.test(value));
    if (wide !== undefined) throw new Error(`A policy must name its actions and its resource, got ${wide}`);
  }
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ actions, resource }) => ({ Effect: "Allow", Action: actions, Resource: resource })),
  });
}

/** The trust policy of a role that an AWS service takes on. */
export function assumableBy(service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }],
  });
}

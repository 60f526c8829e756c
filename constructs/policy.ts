/** IAM policy documents as JSON. With a data source, a plan could not show a policy that refers to a changed resource. */
export interface PolicyStatement {
  /** IAM actions such as `s3:GetObject`; `*` and `s3:*` are rejected. */
  readonly actions: readonly string[];
  /** ARNs that the actions are allowed on. `*` is rejected without a `reason`. */
  readonly resource: string | readonly string[];
  /**
   * Why the resource is `*`: actions such as X-Ray's support no other. It does not appear in the policy.
   * @default - the resource may not be `*`
   */
  readonly reason?: string;
}

/** @throws Error on the actions `*` and `s3:*`, and on the resource `*` without a reason */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  for (const { actions, resource, reason } of statements) {
    const resources = reason?.trim() ? [] : [resource].flat();
    const wide =
      actions.find((action) => action === "*" || /^[\w-]+:\*$/.test(action)) ?? resources.find((arn) => arn === "*");
    if (wide !== undefined || actions.length === 0 || [resource].flat().length === 0) {
      throw new Error(
        `A policy statement must name its actions and its resource, got ${wide ?? "none"}: give "*" as resource only with a reason`,
      );
    }
  }
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ actions, resource }) => ({ Effect: "Allow", Action: actions, Resource: resource })),
  });
}

/** The trust policy of a role that an AWS service assumes, such as `lambda.amazonaws.com`. */
export function assumableBy(service: string, condition?: object): string {
  const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ ...statement, ...(condition && { Condition: condition }) }],
  });
}

/** A resource's policy that denies every request without TLS. What is allowed stands in the policies of roles. */
export function tlsOnly(
  actions: string,
  resource: string | readonly string[],
  ...statements: readonly object[]
): string {
  const deny = { Sid: "TlsOnly", Effect: "Deny", Principal: "*", Action: actions, Resource: resource };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } }, ...statements],
  });
}

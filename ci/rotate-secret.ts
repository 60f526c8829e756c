/**
 * Gives an app client a new secret without downtime. Cognito accepts two secrets of a client; functions keep the one they have read
 * and read it again when Cognito rejects it.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddUserPoolClientSecret.html
 */

export interface SecretDescription {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** The operations of Cognito on one app client. */
export interface ClientSecrets {
  list(): Promise<readonly SecretDescription[]>;
  /** @param value of a secret that was deleted; without one Cognito makes a new secret */
  add(value?: string): Promise<SecretDescription>;
  remove(id: string): Promise<void>;
  /** The secret that functions read: DescribeUserPoolClient. */
  read(): Promise<string | undefined>;
}

/**
 * @param wait runs between both steps, while Cognito accepts both secrets everywhere
 * @param log receives what was done, without any secret
 * @throws Error when functions would not find the new secret; the old one then is in force again
 */
export async function rotateSecret(
  secrets: ClientSecrets,
  wait: () => Promise<void>,
  log: (line: string) => void,
): Promise<void> {
  const before = await secrets.read();
  if (before === undefined) throw new Error("the app client must have a secret, got one without");
  const [oldest, second] = [...(await secrets.list())].sort((a, b) => a.createdAt - b.createdAt);
  if (oldest === undefined) throw new Error("the app client must have a secret that Cognito lists, got none");
  const next = second ?? (await secrets.add());
  log(second ? `goes on with ${next.id}, which an earlier run has added` : `added ${next.id}`);
  await wait();
  await secrets.remove(oldest.id);
  log(`deleted ${oldest.id}`);
  const after = await secrets.read();
  if (second === undefined && after === before) {
    await secrets.add(before);
    throw new Error(
      "Cognito still returned the deleted secret to functions: it was added again, so that both are valid. Run this again later",
    );
  }
  log("functions take the new secret with their next request");
}

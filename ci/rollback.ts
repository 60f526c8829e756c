/** Moves a function's alias back to an earlier version. */

/** The operations of Lambda on one function. */
export interface Releases {
  current(): Promise<{ readonly version: number; readonly revision: string | undefined }>;
  /** Published versions, in any order. */
  versions(): Promise<readonly number[]>;
  /** @param revision of the alias when it was read: Lambda rejects the move if a deployment came between */
  move(version: number, revision: string | undefined): Promise<void>;
}

/**
 * @param wanted version to move to; without one, the last before the current one
 * @returns what was done, and what the next plan does
 * @throws Error without such a version
 */
export async function rollback(releases: Releases, wanted?: number): Promise<string> {
  const [{ version: current, revision }, versions] = await Promise.all([releases.current(), releases.versions()]);
  const earlier = versions.filter((version) => version < current);
  const version = wanted ?? Math.max(...earlier);
  if (!versions.includes(version)) {
    const known = [...versions].sort((a, b) => a - b).join(", ") || "none";
    throw new Error(`VERSION must be one of ${known}, got ${wanted ?? `none before ${current}`}`);
  }
  if (version === current) throw new Error(`VERSION must not be the current one, got ${version}`);
  await releases.move(version, revision);
  return `live: ${current} -> ${version}. The next plan shows ${version} -> ${current} and takes it forward again: revert the change in the code first`;
}

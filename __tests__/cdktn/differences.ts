/** What two frameworks synthesize, compared byte by byte but for the marks that each leaves of itself. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Marked {
  "//"?: { metadata?: { version?: string } };
  /** Of the manifest. */
  version?: string;
  terraform?: { required_providers?: Record<string, { source: string }> };
}

/**
 * A synthesized file without the three marks of its framework: its version in the stack's metadata, its version in the manifest, and
 * `aws` or `hashicorp/aws` as the provider's source, which Terraform reads alike. White space goes too: cdktf writes an empty
 * list on two lines. The order of keys stays.
 *
 * @param frameworkVersion another version than this one is no mark, and stays
 */
export function withoutMarks(file: string, text: string, frameworkVersion: string): string {
  const json = JSON.parse(text) as Marked;
  const metadata = json["//"]?.metadata;
  if (metadata?.version === frameworkVersion) metadata.version = "framework";
  if (file === "manifest.json" && json.version === frameworkVersion) json.version = "framework";
  const aws = json.terraform?.required_providers?.aws;
  if (aws?.source === "aws") aws.source = "hashicorp/aws";
  return JSON.stringify(json, null, 1);
}

export interface Synthesized {
  /** `CDKTF_OUTDIR` of the synth. */
  readonly folder: string;
  readonly frameworkVersion: string;
}

/** What the next build of one project reads: it names the files of its own `node_modules`, and nothing of it is deployed. */
const BUILD_RECORD = /^bundles\.[\w-]+\.json$/;

const shorten = (line = "") => line.trim().slice(0, 200);

/** @returns one line per file that only one side has, and the first line that differs of every other one */
export function differences(one: Synthesized, other: Synthesized): string[] {
  const files = new Set([...filesIn(one.folder), ...filesIn(other.folder)].filter((file) => !BUILD_RECORD.test(file)));
  return [...files].sort().flatMap((file) => {
    const [here, there] = [read(one, file), read(other, file)];
    if (here === undefined || there === undefined)
      return [`${file}: only in ${here === undefined ? "the other" : "one"}`];
    if (here === there) return [];
    const [left, right] = [here.split("\n"), there.split("\n")];
    const at = left.findIndex((line, index) => line !== right[index]);
    return [`${file}: ${shorten(left[at])} | ${shorten(right[at])}`];
  });
}

function read({ folder, frameworkVersion }: Synthesized, file: string): string | undefined {
  const path = join(folder, file);
  if (!existsSync(path)) return undefined;
  if (/(^|\/)(cdk\.tf|manifest)\.json$/.test(file)) {
    return withoutMarks(file, readFileSync(path, "utf8"), frameworkVersion);
  }
  return readFileSync(path, "latin1");
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );

/** Findings of Checkov against the suppressions. */
import type { Suppression } from "./suppressions";

export interface Finding {
  readonly check: string;
  /** What the check wants, in Checkov's words. */
  readonly title: string;
  /** `aws_lambda_function.functions_echo_function`, without the hash of CDKTF. */
  readonly address: string;
}

interface Failed {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
}

interface Report {
  readonly results?: { readonly failed_checks: readonly Failed[]; readonly parsing_errors: readonly string[] };
  readonly summary?: { readonly passed: number };
}

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * @param output of `checkov --output json`: a report, or a list of them
 * @param resources of the stack: Checkov names resources of a cdk.tf.json without their type
 * @throws Error when Checkov could not read the stack, or checked nothing
 */
export function readFindings(output: string, resources: Resources): Finding[] {
  const reports = [JSON.parse(output)].flat() as readonly Report[];
  const errors = reports.flatMap(({ results }) => results?.parsing_errors ?? []);
  if (errors.length > 0) throw new Error(`Checkov could not read ${errors.join(", ")}`);
  if (!reports.some(({ summary }) => (summary?.passed ?? 0) > 0)) throw new Error("Checkov checked nothing");
  return reports.flatMap(({ results }) =>
    (results?.failed_checks ?? []).map(({ check_id: check, check_name: title, resource }) => ({
      check,
      title,
      address: addressOf(resource, resources),
    })),
  );
}

function addressOf(resource: string, resources: Resources): string {
  const id = resource.slice(resource.indexOf(".") + 1);
  const type = Object.keys(resources).find((name) => id in (resources[name] ?? {})) ?? resource.split(".")[0];
  return `${type}.${id.replace(/_[0-9A-F]{8}$/, "")}`;
}

/** @returns one line per finding without a suppression, and per suppressed address without a finding */
export function unexplained(findings: readonly Finding[], suppressions: readonly Suppression[]): string[] {
  const used = new Set<string>();
  const open = findings.filter(({ check, address }) => {
    const patterns = suppressions
      .filter((suppression) => suppression.check === check)
      .flatMap(({ resources }) => resources)
      .filter((pattern) => matches(pattern, address));
    for (const pattern of patterns) used.add(`${check} ${pattern}`);
    return patterns.length === 0;
  });
  const unused = suppressions.flatMap(({ check, resources }) =>
    resources.map((pattern) => `${check} ${pattern}`).filter((line) => !used.has(line)),
  );
  return [
    ...new Set(open.map(({ check, title, address }) => `${check} ${address}: ${title}`)),
    ...unused.map((line) => `${line}: suppressed, but not found: remove the suppression`),
  ];
}

const matches = (pattern: string, address: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(address);

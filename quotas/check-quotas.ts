/** Compares a synthesized stack with AWS's quotas. */
import { KnownText, type Resources } from "./known-text";
import { type Quota, quotas } from "./quota-table";

/** A quota that an API, a function or the stack exceeds or approaches. */
interface Finding {
  readonly quota: Quota;
  readonly of: string;
  readonly amount: number;
  readonly resources: number;
}

/**
 * @param stack content of `cdk.tf.json`
 * @returns one line per quota that AWS raises on request, or that only makes deployments slow
 * @throws Error with one line per exceeded quota that AWS does not raise
 */
export function checkQuotas(stack: { readonly resource?: Resources }, region: string): string[] {
  const { resource = {} } = stack;
  const text = new KnownText(resource, region);
  const findings = quotas.flatMap((quota) => compare(quota, resource, text));
  const problems = findings.filter(({ quota }) => quota.kind === "fixed");
  if (problems.length > 0) {
    throw new Error(
      `AWS rejects this stack, and does not raise these quotas:\n  ${problems.map((it) => problem(it, text)).join("\n  ")}`,
    );
  }
  return findings.map((it) => note(it, text));
}

/** Sorted by name. Plain loops: a large stack has thousands of resources. */
function compare(quota: Quota, resources: Resources, text: KnownText): Finding[] {
  const used = new Map<string, { amount: number; resources: number }>();
  for (const type of Object.keys(resources)) {
    if (typeof quota.type === "string" ? type !== quota.type : !quota.type.test(type)) continue;
    for (const values of Object.values(resources[type] ?? {})) {
      const of = quota.of?.(values, text) ?? "This stack";
      let use = used.get(of);
      if (!use) {
        use = { amount: quota.base ?? 0, resources: 0 };
        used.set(of, use);
      }
      use.amount += quota.amount?.(values, text, type) ?? 1;
      use.resources += 1;
    }
  }
  return [...used]
    .filter(([, { amount }]) => amount > quota.allowed * (quota.from ?? 1))
    .map(([of, use]) => ({ quota, of, ...use }))
    .sort((a, b) => (a.of < b.of ? -1 : 1));
}

const problem = ({ quota, of, ...use }: Finding, text: KnownText) =>
  `${text.named(of)} must have at most ${quota.allowed} ${quota.what}, got ${use.amount}: ${advice(quota, use)}`;

const note = ({ quota, of, ...use }: Finding, text: KnownText) => {
  const allowed = quota.kind === "default" ? `, where AWS's default quota is ${quota.allowed}` : "";
  return `${text.named(of)} has ${Math.ceil(use.amount)} ${quota.what}${allowed}: ${advice(quota, use)}`;
};

const advice = ({ advice, page }: Quota, { amount, resources }: Omit<Finding, "quota" | "of">) =>
  `${typeof advice === "string" ? advice : advice(amount, resources)}${page === undefined ? "" : ` (AWS: "${page}")`}`;

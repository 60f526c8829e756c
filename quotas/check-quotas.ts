/** Which of AWS's quotas a stack would meet: judged by all that it synthesizes to, whoever added it. */
import { KnownText, type Resources } from "./known-text";
import { type Quota, quotas } from "./quota-table";

export interface Judged {
  readonly resource?: Resources;
}

/** A quota that something is over, or near. */
interface Finding {
  readonly quota: Quota;
  readonly of: string;
  readonly amount: number;
  readonly resources: number;
}

/**
 * @param json what stands in `cdk.tf.json`
 * @returns what AWS raises on request, or what takes time: a line each
 * @throws Error that lists every limit which AWS raises for nobody and which the stack is over, a line each
 */
export function checkQuotas({ resource = {} }: Judged, region: string): string[] {
  const text = new KnownText(resource, region);
  const findings = quotas.flatMap((quota) => judge(quota, resource, text));
  const problems = findings.filter(({ quota }) => quota.kind === "fixed");
  if (problems.length > 0) {
    throw new Error(
      `AWS would refuse this stack, and raises these limits for nobody:\n  ${problems.map((it) => problem(it, text)).join("\n  ")}`,
    );
  }
  return findings.map((it) => note(it, text));
}

/** What is over the quota, in the order of names. Plain loops: a large stack has thousands of resources. */
function judge(quota: Quota, resources: Resources, text: KnownText): Finding[] {
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

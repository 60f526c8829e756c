/** Whether the lifecycle rules of a bucket delete more than before, or sooner. */
import { asList, isEmpty, own, pick, same } from "../plan/value";

/** Where each counts, a smaller number deletes sooner. */
const NUMBERS = [
  "expiration.days",
  "noncurrent_version_expiration.noncurrent_days",
  "noncurrent_version_expiration.days",
  "noncurrent_version_expiration.newer_noncurrent_versions",
];
/** Which objects, and on which day: any other may be more of them. */
const SCOPE = ["filter", "prefix", "tags", "expiration.date"];

export function deletesMore(before: unknown, after: unknown): boolean {
  const old = asList(before).filter(deletes);
  return asList(after)
    .filter(deletes)
    .some((rule) => {
      const was = old.find((other) => own(other, "id") === own(rule, "id"));
      return !was || SCOPE.some((path) => !same(pick(was, path), pick(rule, path))) || isSooner(was, rule);
    });
}

const isSooner = (was: unknown, rule: unknown) =>
  NUMBERS.some((path) => {
    const [from, to] = [pick(was, path), pick(rule, path)];
    return !isEmpty(to) && Number(to) > 0 && (isEmpty(from) || Number(from) === 0 || Number(to) < Number(from));
  });

/** Of `aws_s3_bucket_lifecycle_configuration`, or of a bucket's own `lifecycle_rule`. */
const deletes = (rule: unknown): boolean =>
  (!isEmpty(own(rule, "expiration")) || !isEmpty(own(rule, "noncurrent_version_expiration"))) &&
  own(rule, "status") !== "Disabled" &&
  own(rule, "enabled") !== false;
